import * as z from 'zod';
import type { Json, JsonObject } from '../../contract/json.ts';

/** An answer in the cache, with its share of the billed tokens. */
export type KeptAnswer = {
  readonly answer: JsonObject;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
};

const tokens = z.number().nullable();
const schema = z.object({
  answer: z.custom<JsonObject>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  ),
  inputTokens: tokens,
  outputTokens: tokens,
});

/** Parses a cached answer. Null for anything else, which is then asked again. */
export const keptAnswer = (value: Json | undefined): KeptAnswer | null =>
  schema.safeParse(value).data ?? null;
