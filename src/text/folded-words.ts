/**
 * Splits a text into words for comparing spellings: runs of letters, marks and digits, lowercase. Unlike `words`,
 * folds compatibility forms (NFKC) and goes by Unicode properties, so that scripts with combining marks stay whole.
 * `orderId`, `order_id` and `order-id` give the same two words. Everything else is a separator.
 */
export function foldedWords(text: string): string[] {
  const plain = text.normalize('NFKC').replace(CAMEL, '$1 $2').toLowerCase();
  return plain.match(WORD) ?? [];
}

const CAMEL = /([\p{Ll}\p{N}])(\p{Lu})/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
