/** OpenInference: LangChain's agent with a retriever, set up as Arize's package does it. */
import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain';
import {
  context,
  register,
  setMetadata,
  setSession,
  setTags,
  setUser,
} from '@arizeai/phoenix-otel';
import * as callbacks from '@langchain/core/callbacks/manager';
import { Document } from '@langchain/core/documents';
import { BaseRetriever } from '@langchain/core/retrievers';
import { ChatOpenAI } from '@langchain/openai';
import { createAgent, tool } from 'langchain';
import { z } from 'zod';

const QUESTION = 'Where is order 17?';

const provider = register({ projectName: 'shop' });
new LangChainInstrumentation().manuallyInstrument(callbacks);

class Shelf extends BaseRetriever {
  lc_namespace = ['shop'];

  _getRelevantDocuments() {
    return [new Document({ pageContent: 'Order 17 was sent.', metadata: { source: 'orders.md' } })];
  }
}

const findOrder = tool(
  async () => `shipped: ${(await new Shelf().invoke(QUESTION))[0].pageContent}`,
  {
    name: 'find_order',
    description: 'Finds an order.',
    schema: z.object({ order: z.number().int() }),
  },
);
const model = new ChatOpenAI({ model: 'small', maxRetries: 0 });
const agent = createAgent({ model, tools: [findOrder], systemPrompt: 'Be brief.' });
const who = setMetadata(
  setTags(setUser(setSession(context.active(), { sessionId: 's1' }), { userId: 'u1' }), ['shop']),
  { plan: 'pro' },
);
await context.with(who, () => agent.invoke({ messages: [{ role: 'user', content: QUESTION }] }));
await model.invoke('Recite everything.').catch((error) => {
  if (error.status !== 400) throw error;
});
await provider.shutdown();
