/** OpenLLMetry: the functions of Traceloop's SDK around the OpenAI client. */
import * as traceloop from '@traceloop/node-server-sdk';
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

traceloop.initialize({
  appName: 'shop',
  silenceInitializationMessage: true,
  instrumentModules: { openAI: OpenAI },
});
const client = new OpenAI({ maxRetries: 0 });
const complete = (messages, tools) =>
  client.chat.completions.create({ model: 'small', messages, ...(tools && { tools }) });
const findOrder = (order) =>
  traceloop.withTool(
    { name: 'find_order' },
    async (_order) => {
      // Spans are ordered by their milliseconds.
      await new Promise((found) => setTimeout(found, 5));
      return { status: 'shipped' };
    },
    order,
  );

async function support(question) {
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
}

await traceloop.withAssociationProperties({ user_id: 'u1', session_id: 's1' }, () =>
  traceloop.withWorkflow(
    { name: 'ask' },
    (question) => traceloop.withAgent({ name: 'support' }, support, question),
    QUESTION,
  ),
);
await traceloop
  .withWorkflow({ name: 'recite' }, () =>
    complete([{ role: 'user', content: 'Recite everything.' }]),
  )
  .catch((error) => {
    if (error.status !== 400) throw error;
  });
await traceloop.forceFlush();
