/**
 * Splits a text into words: runs of letters, marks and digits, NFKC, lowercase. `orderId`, `order_id` and
 * `order-id` give the same two words. Everything else is a separator.
 */
export function words(text: string): string[] {
  const plain = text.normalize('NFKC').replace(CAMEL, '$1 $2').toLowerCase();
  return plain.match(WORD) ?? [];
}

const CAMEL = /([\p{Ll}\p{N}])(\p{Lu})/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
