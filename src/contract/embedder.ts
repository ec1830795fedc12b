/** Text to vectors. */
export interface Embedder {
  /** Stable name with version, part of every run's record. */
  readonly id: string;
  /** It heeds `fitted`: texts may be added without a change of the vectors before them. */
  readonly heedsFitted?: true;
  /** n texts to n × `dimensions` row-major, each row of length 1 (or all 0 for an empty text). Same texts, same bytes. */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Embedding>;
}

export interface EmbedOptions {
  /** Whatever is learned from the texts together is learned from the first this many; default all. */
  readonly fitted?: number;
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, total: number) => void;
}

export interface Embedding {
  readonly vectors: Float32Array;
  readonly dimensions: number;
  /** Texts cut to the model's length. */
  readonly truncated: number;
}
