/**
 * Replaces each block between `<!-- figures: NAME -->` and `<!-- /figures -->` and keeps everything else.
 * Throws if the document has no place for a block, or a place without a block.
 */
export function fillFigures(document: string, blocks: Readonly<Record<string, string>>): string {
  const filled = new Set<string>();
  const text = document.replace(PLACE, (_, name: string) => {
    const block = blocks[name];
    if (block === undefined)
      throw new Error(`the document has a place for figures “${name}”, but there are none`);
    filled.add(name);
    return `<!-- figures: ${name} -->\n\n${block}\n\n<!-- /figures -->`;
  });
  const left = Object.keys(blocks).filter((name) => !filled.has(name));
  if (left.length > 0)
    throw new Error(`the document has no place for the figures ${left.join(', ')}`);
  return text;
}

/** The blocks that the document has now. */
export const figuresIn = (document: string): Record<string, string> =>
  Object.fromEntries(
    [...document.matchAll(BLOCK)].map(([, name, block]) => [name ?? '', (block ?? '').trim()]),
  );

const BLOCK = /<!-- figures: ([a-z-]+) -->([\s\S]*?)<!-- \/figures -->/g;
const PLACE = /<!-- figures: ([a-z-]+) -->[\s\S]*?<!-- \/figures -->/g;
