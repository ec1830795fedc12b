/**
 * Seeded random numbers on a plain state array, so that a stream can be stored, resumed and handed to a worker.
 *
 * Generator: xoshiro128** 1.1 (Blackman, Vigna 2018), period 2^128 − 1; seeded by splitmix32 (a Weyl sequence through the
 * murmur3 finalizer). `hash32` is that finalizer over several words: a counter-based stream, for loops that are divided
 * between workers and whose result must not depend on the division. Deterministic: integers only, except `nextNormal`, which uses the host's log and cos.
 */
export type RandomState = Uint32Array;

/** Four state words from a seed and an optional substream number; unequal pairs give unrelated streams. */
export function seedRandom(seed: number, stream = 0): RandomState {
  const state = new Uint32Array(4);
  let weyl = hash32(seed, stream);
  for (let word = 0; word < 4; word++) {
    weyl = (weyl + GOLDEN) | 0;
    state[word] = finalize(weyl);
  }
  if ((state[0]! | state[1]! | state[2]! | state[3]!) === 0) state[0] = 1;
  return state;
}

/** The next of 2^32 equally likely integers, unsigned. */
export function nextUint32(state: RandomState): number {
  const second = state[1]!;
  const scrambled = Math.imul(rotate(Math.imul(second, 5), 7), 9) >>> 0;
  const third = state[2]! ^ state[0]!;
  const fourth = state[3]! ^ second;
  state[1] = second ^ third;
  state[0] = state[0]! ^ fourth;
  state[2] = third ^ (second << 9);
  state[3] = rotate(fourth, 11);
  return scrambled;
}

/** Uniform in [0, 1) with 32 bits. */
export function nextFloat(state: RandomState): number {
  return nextUint32(state) * 2 ** -32;
}

/** Uniform integer in [0, bound), bound ≤ 2^32; the bias is below bound / 2^32. */
export function nextBelow(state: RandomState, bound: number): number {
  return Math.floor(nextFloat(state) * bound);
}

/** Standard normal by Box and Muller, one of the pair. */
export function nextNormal(state: RandomState): number {
  const radius = Math.sqrt(-2 * Math.log((nextUint32(state) + 1) * 2 ** -32));
  return radius * Math.cos(2 * Math.PI * nextFloat(state));
}

/** A permutation of 0 … count − 1 (Fisher and Yates); its first m entries are a sample of m without replacement. */
export function permutation(count: number, state: RandomState): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = nextBelow(state, last + 1);
    const held = order[last]!;
    order[last] = order[other]!;
    order[other] = held;
  }
  return order;
}

/** 32 well-mixed bits of up to three words, signed; the seed of a substream that needs no stored state. */
export function hash32(first: number, second = 0, third = 0): number {
  let hash = finalize((first | 0) + GOLDEN);
  hash = finalize((hash ^ second) + GOLDEN);
  return finalize((hash ^ third) + GOLDEN);
}

/** murmur3's 32-bit finalizer: a bijection in which every input bit reaches every output bit. */
export function finalize(word: number): number {
  let hash = word | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

const GOLDEN = 0x9e3779b9 | 0;

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
