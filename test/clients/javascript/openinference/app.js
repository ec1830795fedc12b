/** OpenInference: Arize's functions around the OpenAI client. */
import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai';
import {
  context,
  register,
  setMetadata,
  setSession,
  setTags,
  setUser,
  traceAgent,
  traceChain,
  traceRetriever,
  traceTool,
} from '@arizeai/phoenix-otel';
import OpenAI from 'openai';

const QUESTION = 'Where is order 17?';
const TOOL = {
  type: 'function',
  function: {
    name: 'find_order',
    description: 'Finds an order.',
    parameters: { type: 'object', properties: { order: { type: 'integer' } } },
  },
};

const provider = register({ projectName: 'shop' });
new OpenAIInstrumentation().manuallyInstrument(OpenAI);
const client = new OpenAI({ maxRetries: 0 });
const complete = (messages, tools) =>
  client.chat.completions.create({ model: 'small', messages, ...(tools && { tools }) });
const search = traceRetriever(async (_query) => ['Order 17 was sent.'], {
  name: 'search',
  processOutput: (documents) =>
    Object.fromEntries(
      documents.map((text, at) => [`retrieval.documents.${at}.document.content`, text]),
    ),
});
const findOrder = traceTool(
  async (_order) => {
    // Spans are ordered by their milliseconds.
    await new Promise((found) => setTimeout(found, 5));
    return { status: 'shipped' };
  },
  { name: 'find_order' },
);
const support = traceAgent(
  async (question) => {
    await search(question);
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: question },
    ];
    const first = (await complete(messages, [TOOL])).choices[0].message;
    const [call] = first.tool_calls;
    const result = await findOrder(JSON.parse(call.function.arguments));
    messages.push(first, {
      role: 'tool',
      tool_call_id: call.id,
      content: JSON.stringify(result),
    });
    return (await complete(messages, [TOOL])).choices[0].message.content;
  },
  { name: 'support' },
);
const recite = traceChain((question) => complete([{ role: 'user', content: question }]), {
  name: 'recite',
});

const who = setMetadata(
  setTags(setUser(setSession(context.active(), { sessionId: 's1' }), { userId: 'u1' }), ['shop']),
  { plan: 'pro' },
);
await context.with(who, () => support(QUESTION));
await recite('Recite everything.').catch((error) => {
  if (error.status !== 400) throw error;
});
await provider.shutdown();
