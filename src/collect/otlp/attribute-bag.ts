import type { Json } from '../../contract/json.ts';
import { isHostileKey } from '../json/hostile-key.ts';

/** Attributes one record may carry; later ones are refused. */
const MAX_ATTRIBUTES = 16_384;
/** Bytes kept of a binary value, as base64; longer ones are named by size. */
const MAX_BINARY = 1024;

/** An attribute map under construction. */
export interface AttributeBag {
  readonly values: Record<string, Json>;
  size: number;
  /** Keys refused: empty, prototype names in their path, or over the cap. */
  refused: number;
}

export function attributeBag(): AttributeBag {
  return { values: {}, size: 0, refused: 0 };
}

/** Adds a value; the last of a key wins. */
export function setAttribute(bag: AttributeBag, key: string, value: Json): void {
  if (key === '' || isHostileKey(key) || bag.size >= MAX_ATTRIBUTES) {
    bag.refused++;
    return;
  }
  bag.values[key] = value;
  bag.size++;
}

/** Binary value in text form. */
export function binaryText(bytes: Uint8Array): string {
  if (bytes.length > MAX_BINARY) return `[${bytes.length} bytes]`;
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
