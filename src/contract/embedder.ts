/** Text to vectors. */
export interface Embedder {
  /** Stable name with version, part of every run's record. */
  readonly id: string;
  /** n texts to n × `dimensions` row-major, each row of length 1 (or all 0 for an empty text). Same texts, same bytes. */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Embedding>;
}

export interface EmbedOptions {
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, total: number) => void;
}

export interface Embedding {
  readonly vectors: Float32Array;
  readonly dimensions: number;
  /** Texts cut to the model's length. */
  readonly truncated: number;
}
