import { expect, test } from 'vitest';
import { readable, readableQuote } from './readable.ts';

test.each([
  ['{"order_id":"3","all":[1]}', 'order_id: "3", all: [1]'],
  ['{}', ''],
  ['[1,2]', '[1,2]'],
  ['plain words', 'plain words'],
  ['{"cut', '{"cut'],
])('%s reads as %s', (text, read) => {
  expect(readable(text)).toBe(read);
});

test('a quote from JSON is found in the text that reads better', () => {
  const text = '{"account_id":"38481392","name":"Ann"}';
  expect(readable(text)).toContain(readableQuote('"account_id":"38481392"'));
  expect(readable(text)).toContain(readableQuote('38481392'));
  expect(readableQuote(text)).toBe(readable(text));
});
