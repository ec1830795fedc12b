import type { Json } from './json.ts';

/** Answers of a model kept between runs, so that no question is paid for twice. */
export interface AnswerCache {
  /** One entry per key, in order; undefined where nothing is kept. */
  get(keys: readonly string[]): Promise<readonly (Json | undefined)[]>;
  put(entries: readonly { readonly key: string; readonly value: Json }[]): Promise<void>;
}
