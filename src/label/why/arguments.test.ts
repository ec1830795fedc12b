import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../contract/signal.ts';
import type { ToolDefinition, Trace } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';
import { assistant, call, makeTrace, system, tool, user } from '../../testing/trace.ts';
import { field, statement, tool as toolSlot } from '../../text/statement.ts';
import { failuresOf, reasons } from './testing/reasons.ts';

const refund = tool(
  'refund_order',
  { order_id: { type: 'string', description: 'Order number of the confirmation mail.' } },
  ['order_id'],
  'Refunds a customer.',
);

const wrongId = {
  category: 'tool_argument_mismatch',
  statement: statement`${toolSlot('refund_order')} was called with ${field('account_id')} in ${field('order_id')}`,
  evidence: [
    { spanId: null, path: '/messages/2/toolCalls/0/arguments/order_id', quote: '4711' },
  ] satisfies Evidence[],
};

const refunding = (prompt: string | null, tools: readonly ToolDefinition[] = [refund]): Trace =>
  makeTrace({
    messages: [
      system(prompt ?? ''),
      user('Refund me'),
      assistant('', call('refund_order', { order_id: '4711' })),
    ],
    tools,
  });

const mismatch = (trace: Trace): readonly Why[] =>
  reasons(
    'tool_argument_mismatch',
    failuresOf(() => trace, wrongId),
  );

describe('an argument that the prompt does not explain', () => {
  const silent = 'You are Nora. Refund a customer with refund_order. Be friendly.';

  test('is the reason, with the sentence on the tool', () => {
    expect(mismatch(refunding(silent))).toMatchObject([
      {
        statement:
          'Likely because the prompt names `refund_order` but does not say what `order_id` is',
        layer: 'prompt',
        evidence: [{ path: '/messages/0/content', quote: 'Refund a customer with refund_order.' }],
      },
    ]);
  });

  test.each([
    ['the prompt names it', `${silent} Pass the order's ID, never the account.`],
    ['the prompt does not name the tool', 'You are Nora. Be friendly.'],
    ['no prompt was recorded', null],
  ])('is no reason where %s', (_, prompt) => {
    expect(mismatch(refunding(prompt))).toEqual([]);
  });
});

describe('an argument without a description', () => {
  const defined = (order: object): ToolDefinition => ({
    ...refund,
    parameters: { type: 'object', properties: { order_id: { ...order } }, required: ['order_id'] },
  });

  test.each([
    [{ type: 'string' }, 'has no description'],
    [{ type: 'string', description: 'The id.' }, 'is described only as “The id.”'],
  ])('is the reason: %o', (definition, how) => {
    expect(mismatch(refunding(null, [defined(definition)]))).toMatchObject([
      {
        statement: `Likely because the required argument \`order_id\` of \`refund_order\` ${how}`,
        layer: 'tool',
      },
    ]);
  });

  test.each([
    ['its values are listed', [defined({ type: 'string', enum: ['a', 'b'] })]],
    ['it is described', [refund]],
    ['the recorder kept no descriptions', [{ ...defined({ type: 'string' }), description: '' }]],
    ['the tool was not recorded', []],
  ])('is no reason where %s', (_, tools) => {
    expect(mismatch(refunding(null, tools))).toEqual([]);
  });
});
