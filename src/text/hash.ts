/** FNV-1a, 32 bits, over UTF-16 code units, then the murmur3 finaliser: a stable, well-mixed hash of a text. */
function hash32(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A place in [0, 1) that depends on nothing but the id and the seed: the order in which a sample takes traces. */
export const lot = (id: string, seed: number): number =>
  (hash32(id, seed) * 2_097_152 + (hash32(id, seed ^ 0x9e3779b9) >>> 11)) / 2 ** 53;
