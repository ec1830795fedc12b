import * as z from 'zod';
import type { Json, JsonObject } from '../../contract/json.ts';

/** An answer as the cache holds it, with its share of the tokens it was billed for. */
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

/** Null for what is no kept answer: then it is asked for again. */
export const keptAnswer = (value: Json | undefined): KeptAnswer | null =>
  schema.safeParse(value).data ?? null;
