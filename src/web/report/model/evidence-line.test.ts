import { expect, test } from 'vitest';
import { markedLine } from './evidence-line.ts';

test('only the quote is marked within its call', () => {
  expect(markedLine('refund_order(order_id: 30657997)', '30657997')).toEqual({
    before: 'refund_order(order_id: ',
    quote: '30657997',
    after: ')',
    isCode: true,
  });
});

test('a text that was taken out of its JSON is marked as a whole', () => {
  const quote = '{"answer":"I could not find anything."}';
  expect(markedLine('I could not find anything.', quote).quote).toBe('I could not find anything.');
  expect(markedLine(quote, quote).quote).toBe('I could not find anything.');
});
