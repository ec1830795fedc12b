/** The parts of `@huggingface/transformers` (3 and 4) in use; the package itself is optional. */
export interface Library {
  readonly env: { allowRemoteModels?: unknown; localModelPath?: unknown; cacheDir?: unknown };
  readonly pipeline: (task: string, model: string, options: object) => Promise<unknown>;
}

export interface Extractor {
  extract(texts: readonly string[], options: object): Promise<unknown>;
  /** Whether the text exceeds the model's limit. */
  isTooLong(text: string): boolean;
}

export function libraryOf(module: unknown): Library {
  if (has(module, 'env') && has(module, 'pipeline') && typeof module.pipeline === 'function') {
    return module as unknown as Library;
  }
  throw new Error('it has no pipeline');
}

interface Pipeline {
  (texts: readonly string[], options: object): Promise<unknown>;
  readonly tokenizer: {
    readonly model_max_length: number;
    encode(text: string): ArrayLike<unknown>;
  };
}

export function extractorOf(made: unknown): Extractor {
  if (!isPipeline(made)) throw new Error('it has no tokenizer of the expected shape');
  const { tokenizer } = made;
  return {
    extract: (texts, options) => made([...texts], options),
    isTooLong: (text) => tokenizer.encode(text).length > tokenizer.model_max_length,
  };
}

function isPipeline(made: unknown): made is Pipeline {
  return (
    typeof made === 'function' &&
    has(made, 'tokenizer') &&
    has(made.tokenizer, 'encode') &&
    typeof made.tokenizer.encode === 'function' &&
    has(made.tokenizer, 'model_max_length') &&
    typeof made.tokenizer.model_max_length === 'number'
  );
}

/** Copies the rows of a 2-D tensor. Throws on any other shape and on non-finite numbers. */
export function vectorsOf(
  tensor: unknown,
  texts: number,
): { vectors: Float32Array; dimensions: number } {
  if (!has(tensor, 'data') || !(tensor.data instanceof Float32Array) || !has(tensor, 'dims')) {
    throw new Error('it returned no float32 tensor');
  }
  const { data } = tensor;
  const [rows, dimensions, ...more] = Array.isArray(tensor.dims) ? tensor.dims.map(Number) : [];
  if (rows !== texts || !dimensions || more.length > 0 || data.length !== rows * dimensions) {
    throw new Error(`it returned a tensor of ${String(tensor.dims)} for ${texts} texts`);
  }
  if (!data.every(Number.isFinite)) throw new Error('it returned a non-finite number');
  return { vectors: data.slice(), dimensions };
}

function has<Key extends string>(value: unknown, key: Key): value is Record<Key, unknown> {
  return (
    (typeof value === 'object' || typeof value === 'function') && value !== null && key in value
  );
}
