import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { Embedder, Embedding, EmbedOptions } from '../../contract/embedder.ts';
import {
  type Extractor,
  extractorOf,
  type Library,
  libraryOf,
  vectorsOf,
} from './transformers-library.ts';

export interface TransformersEmbedderOptions {
  /** A folder with `config.json`, `tokenizer.json` and `onnx/`, or the name of a model in the library's cache. */
  readonly model: string;
  /** The library's model folder. Default: its own. */
  readonly cacheFolder?: string;
  /** Weight type, in the library's terms: `fp32`, `fp16`, `q8`, … Default: the library's choice. */
  readonly dtype?: string;
  /** Default `mean`. */
  readonly pooling?: 'mean' | 'cls' | 'last_token';
  /** Texts per forward pass. Default 16. */
  readonly batchTexts?: number;
  /** Loads the library; tests pass a fake. */
  readonly load?: () => Promise<unknown>;
}

const PACKAGE = '@huggingface/transformers';

/**
 * Embeds with a local transformer through `@huggingface/transformers`, which must be installed next to Culprit
 * (about 480 MB). Downloads nothing: the model comes from a folder or from the library's cache. Loaded on the first
 * `embed`. Throws `embedder_failed` saying what to install or where to put the model, and `aborted`.
 */
export function transformersEmbedder(options: TransformersEmbedderOptions): Embedder {
  const { model } = options;
  let extractor: Promise<Extractor> | null = null;
  return {
    id: `transformers:${model}${options.dtype === undefined ? '' : `/${options.dtype}`}`,
    heedsFitted: true,
    async embed(texts, embedOptions = {}) {
      checkAborted(embedOptions.signal);
      extractor ??= load(options);
      return embedWith(await extractor, texts, options, embedOptions);
    },
  };
}

async function load(options: TransformersEmbedderOptions): Promise<Extractor> {
  const { model } = options;
  const library = await loadLibrary(options.load ?? (() => import(PACKAGE)));
  library.env.allowRemoteModels = false;
  if (options.cacheFolder !== undefined) library.env.cacheDir = options.cacheFolder;
  const folder = resolve(model);
  const isFolder = existsSync(folder);
  if (isFolder) library.env.localModelPath = dirname(folder);
  try {
    const made = await library.pipeline('feature-extraction', isFolder ? basename(folder) : model, {
      ...(options.dtype === undefined ? {} : { dtype: options.dtype }),
    });
    return extractorOf(made);
  } catch (cause) {
    const where = isFolder
      ? `the folder ${folder} must contain config.json, tokenizer.json and onnx/model.onnx`
      : `there is no such folder, and the model is not in the cache ${String(library.env.cacheDir)}; download it there, or name a folder`;
    throw failed(`Model ${model} cannot be loaded (${messageOf(cause)}): ${where}.`, cause);
  }
}

async function loadLibrary(load: () => Promise<unknown>): Promise<Library> {
  try {
    return libraryOf(await load());
  } catch (cause) {
    throw failed(
      `Embedding with a local transformer needs ${PACKAGE}, which cannot be loaded (${messageOf(cause)}). ` +
        `Install it next to culprit: npm install ${PACKAGE}`,
      cause,
    );
  }
}

async function embedWith(
  extractor: Extractor,
  texts: readonly string[],
  options: TransformersEmbedderOptions,
  { signal, progress }: EmbedOptions,
): Promise<Embedding> {
  const size = options.batchTexts ?? 16;
  // Sorted by length, so that batches need little padding; ties by position, so that the order is fixed.
  const order = texts
    .map((text, row) => ({ row, text: text.toWellFormed() }))
    .filter(({ text }) => text.trim() !== '')
    .sort((a, b) => b.text.length - a.text.length || a.row - b.row);
  let vectors: Float32Array | null = null;
  let dimensions = 1;
  let truncated = 0;
  for (let start = 0; start < order.length; start += size) {
    checkAborted(signal);
    const batch = order.slice(start, start + size);
    const sent = batch.map(({ text }) => text);
    truncated += sent.filter((text) => extractor.isTooLong(text)).length;
    const found = await run(extractor, sent, options);
    dimensions = found.dimensions;
    vectors ??= new Float32Array(texts.length * dimensions);
    for (const [i, { row }] of batch.entries()) {
      vectors.set(found.vectors.subarray(i * dimensions, (i + 1) * dimensions), row * dimensions);
    }
    progress?.(Math.min(start + size, order.length), order.length);
  }
  return { vectors: vectors ?? new Float32Array(texts.length), dimensions, truncated };
}

async function run(
  extractor: Extractor,
  texts: readonly string[],
  { model, pooling }: TransformersEmbedderOptions,
): Promise<{ vectors: Float32Array; dimensions: number }> {
  try {
    const tensor = await extractor.extract(texts, { pooling: pooling ?? 'mean', normalize: true });
    return vectorsOf(tensor, texts.length);
  } catch (cause) {
    throw failed(
      `Model ${model} failed on a text (${messageOf(cause)}). Try another model.`,
      cause,
    );
  }
}

function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new CulpritError('aborted', 'Embedding was stopped before it finished.', {
      cause: signal.reason,
    });
  }
}

const messageOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';

const failed = (message: string, cause: unknown): CulpritError =>
  new CulpritError('embedder_failed', message, { cause });
