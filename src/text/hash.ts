import { finalize } from '../numeric/random/random.ts';

/** The offset basis of 32-bit FNV. */
export const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * 32-bit FNV-1a of a text or a part of it, unsigned. Each UTF-16 code unit is one step, which for ASCII
 * is the published function over bytes; for bytes of other texts see `fnv1aOf`. Another `basis` gives
 * another hash. For ids and tables, not for secrets; its high bits are weak until mixed (`finalize`).
 * Source: Fowler, Noll, Vo, draft-eastlake-fnv.
 */
export function fnv1a(
  text: string,
  basis = FNV_BASIS,
  start = 0,
  end: number = text.length,
): number {
  let hash = basis;
  for (let at = start; at < end; at++) hash = fnv1aStep(hash, text.charCodeAt(at));
  return hash >>> 0;
}

/** One step of `fnv1a`, signed: for loops that have the code units at hand. */
export const fnv1aStep = (hash: number, unit: number): number => Math.imul(hash ^ unit, FNV_PRIME);

/** 32-bit FNV-1a over numbers, one step each, unsigned: the published function for bytes, and a quick hash for 32-bit words. */
export function fnv1aOf(values: ArrayLike<number>, start = 0, end: number = values.length): number {
  let hash = FNV_BASIS;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (values[at] as number), FNV_PRIME);
  return hash >>> 0;
}

/** FNV-1a as 8 hex digits. */
export const hexHash = (text: string, basis = FNV_BASIS): string =>
  fnv1a(text, basis).toString(16).padStart(8, '0');

/** A place in [0, 1) that depends only on id and seed: a sample takes the lowest keys first. */
export function samplingKey(id: string, seed: number): number {
  const high = mixed(id, seed);
  const low = mixed(id, seed ^ 0x9e3779b9) >>> 11;
  return (high * 2 ** 21 + low) / 2 ** 53;
}

const mixed = (text: string, seed: number): number =>
  finalize(fnv1a(text, (FNV_BASIS ^ seed) >>> 0)) >>> 0;

/** A hash of 53 bits, where two of a million texts must not meet: FNV-1a above, a multiplicative hash below. */
export function hash53(text: string): number {
  let low = 0x9747b28c;
  for (let at = 0; at < text.length; at++)
    low = Math.imul(low ^ text.charCodeAt(at), 0x5bd1e995) ^ (low >>> 15);
  return fnv1a(text) * 2 ** 21 + (low >>> 11);
}
