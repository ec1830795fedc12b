import { expect, test } from 'vitest';
import { foldedWords } from './folded-words.ts';

test.each([
  ['Refund my ORDER', ['refund', 'my', 'order']],
  ['orderId order_id order-id', ['order', 'id', 'order', 'id', 'order', 'id']],
  ['HTTPError 404: v2.1', ['httperror', '404', 'v2', '1']],
  ['ﬁle ① Ｆｕｌｌ', ['file', '1', 'full']],
  ['Ünïcode Straße İstanbul', ['ünïcode', 'straße', 'i̇stanbul']],
  ['привет мир', ['привет', 'мир']],
  ['हिन्दी भाषा', ['हिन्दी', 'भाषा']],
  ['日本語です', ['日本語です']],
  ['🙂 ... \u0000\ud800', []],
  ['', []],
])('splits %j into %j', (text, expected) => {
  expect(foldedWords(text)).toEqual(expected.map((word) => word.normalize('NFKC')));
});
