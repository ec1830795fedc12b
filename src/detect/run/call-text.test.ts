import { describe, expect, it } from 'vitest';
import { tool } from '../../testing/trace.ts';
import { readCallText } from './call-text.ts';

const tools = [
  tool('refund_order', { order_id: { type: 'string' } }),
  tool('math.gcd', { a: { type: 'integer' }, b: { type: 'integer' } }),
];

describe('readCallText', () => {
  it.each([
    '[refund_order(order_id="A-1")]',
    'math.gcd(a=2, b=4)',
    'refund_order(order_id="A-1"); math.gcd(a=2, b=4);',
    '<tool_call>\n{"name": "refund_order", "arguments": {"order_id": "A-1"}}\n</tool_call>',
    '{"tool_calls": [{"name": "math_gcd", "arguments": {"a": 2, "b": 4}}]}',
    'refund_order\n{"order_id": "A-1"}',
    'refund\\_order(order\\_id="A-1")',
    "<tool_call>\n{'name': 'refund_order', 'arguments': {\"note\": 'late'}}\n</tool_call>",
  ])('finds nothing wrong with %j', (text) => {
    expect(readCallText(text, tools)).toMatchObject({ problem: null });
  });

  it.each([
    ['```python\n[refund_order(order_id="A-1")]\n```', 'code fence'],
    ['I will do it now: refund_order(order_id="A-1")', 'prose around call'],
    ['[refund_order(order_id="A-1")]\n\nThis refunds the order.', 'prose around call'],
    ["['refund_order(order_id=1)']", 'quoted call'],
    ['["refund_order(order_id=1)"]', 'quoted call'],
    ["[{'name': 'refund_order', 'parameters': {'order_id': 'A-1'}}]", 'json instead of call'],
    ['[refund_order({"order_id": "A-1"})]', 'wrong argument form'],
    [
      '<tool_call>\n{"name": "refund_order", "arguments": {"all": True}}\n</tool_call>',
      'python literals',
    ],
    ["refund_order\n{'note': 'it\\'s late'}", 'python literals'],
    ['<tool_call>\n{"name": "refund_order", "arguments": {}\n</tool_call>', 'broken tag'],
    ['<|im_start|>\n{"name": "math_gcd", "arguments": {"a": 2}}', 'leaked markers'],
    ['[refund_order(order_id="A-1"), refund_order(order_id="A', 'truncated call'],
    ['[refund_order(order_id=$5)]', 'invalid syntax'],
    ['[refund_order, order_id="A-1"]', 'invalid syntax'],
    ['refund_order(order_id={namespace="x"})', 'invalid syntax'],
    ["<|start_header_id|>[['refund_order', {'order_id': 'A-1'}]]", 'leaked markers'],
    ['[]', 'empty call list'],
  ])('sees in %j: %s', (text, problem) => {
    expect(readCallText(text, tools)).toMatchObject({ problem });
  });

  it.each([
    'Your refund is on its way.',
    'You can use `refund_order` for that.',
    'Here is how:\n```python\nrefund_order(order_id="A-1")\n```',
    'prerefund_order(x=1)',
    "Sketch:\n\ndef refund_order(order_id, reason='late'):\n    return order_id",
    '',
  ])('finds no call in %j', (text) => {
    expect(readCallText(text, tools)).toBeNull();
  });

  it('quotes verbatim', () => {
    const text = 'Sure.\nrefund_order(order_id="A-1")\nDone.';
    expect(readCallText(text, tools)?.quote).toBe('refund_order(order_id="A-1")');
  });
});
