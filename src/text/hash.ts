const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a (Fowler, Noll, Vo 1991), 32 bits, over UTF-16 code units; another `basis` gives an independent hash. */
export function fnv1a(text: string, basis: number = OFFSET_BASIS): number {
  let hash = basis;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), PRIME);
  return hash >>> 0;
}

/** FNV-1a, then the murmur3 finalizer: a stable, well-mixed hash of a text. */
function hash32(text: string, seed: number): number {
  let hash = fnv1a(text, OFFSET_BASIS ^ seed);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A place in [0, 1) that depends on nothing but the id and the seed: the order in which a sample takes traces. */
export const lot = (id: string, seed: number): number =>
  (hash32(id, seed) * 2_097_152 + (hash32(id, seed ^ 0x9e3779b9) >>> 11)) / 2 ** 53;
