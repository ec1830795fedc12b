import { FNV_BASIS, hexHash } from '../../text/hash.ts';

/** 32 hex digits from a text: four FNV-1a hashes with different bases. For ids, not for secrets. */
export const contentHash = (text: string): string =>
  [FNV_BASIS, 0x01000193, 0x9e3779b9, 0x85ebca6b].map((basis) => hexHash(text, basis)).join('');
