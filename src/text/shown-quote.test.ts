import { expect, test } from 'vitest';
import { layerLabel } from './layer-label.ts';
import { shownQuote } from './shown-quote.ts';

test.each([
  ['/messages/4/toolCalls/0/arguments/order_id', '30657997', 'order_id: 30657997'],
  ['/messages/4/toolCalls/0/arguments/address/zip', '8001', 'zip: 8001'],
  ['/messages/4/toolCalls/0/arguments/a~1b', 'x', 'a/b: x'],
  ['/messages/4/toolCalls/0/arguments/ids/0', '7', 'ids: 7'],
  ['/messages/4/toolCalls/0/arguments', '{}', '{}'],
  ['/messages/4/toolCalls/0/name', 'refund_order', 'refund_order(…)'],
  ['/status', 'error', 'status: error'],
  ['/metadata/expected', 'On dispatch', 'expected: On dispatch'],
  ['/scores/0/label', 'bad', 'label: bad'],
  ['/spans/2/usage/inputTokens', '900', 'inputTokens: 900'],
  ['/messages/3/content', 'No order found.', 'No order found.'],
  ['/error/message', 'Timed out', 'Timed out'],
])('%s "%s" is shown as %s', (path, quote, shown) => {
  expect(shownQuote({ path, quote })).toBe(shown);
});

test('a layer without evidence is marked as the usual one', () => {
  expect(layerLabel({ layer: 'tool', usualLayer: 'prompt' })).toBe('fix in: tool');
  expect(layerLabel({ layer: 'unknown', usualLayer: 'prompt' })).toBe('usually fixed in: prompt');
  expect(layerLabel({ layer: 'unknown', usualLayer: 'unknown' })).toBe('layer unknown');
});
