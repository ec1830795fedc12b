/**
 * Splits texts, in order, into batches of at most `count` texts and `characters` UTF-16 units; a longer
 * text gets its own batch. Returns indices of the texts.
 */
export function batches(
  texts: readonly string[],
  limits: { readonly count: number; readonly characters: number },
): number[][] {
  const found: number[][] = [];
  let current: number[] = [];
  let size = 0;
  for (const [index, text] of texts.entries()) {
    const full = current.length === limits.count || size + text.length > limits.characters;
    if (full && current.length > 0) {
      found.push(current);
      current = [];
      size = 0;
    }
    current.push(index);
    size += text.length;
  }
  if (current.length > 0) found.push(current);
  return found;
}
