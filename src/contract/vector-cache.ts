/** Vectors kept between runs, so that no text is paid for twice. */
export interface VectorCache {
  /** One entry per key, in order; undefined where nothing is kept. */
  get(keys: readonly string[]): Promise<readonly (Float32Array | undefined)[]>;
  put(entries: readonly { readonly key: string; readonly vector: Float32Array }[]): Promise<void>;
}
