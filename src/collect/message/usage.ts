import type { Json, JsonObject } from '../../contract/json.ts';
import type { Usage } from '../../contract/trace.ts';
import { isRecord } from '../../text/json.ts';
import { numberOf, recordOf, structured } from '../json/json-value.ts';

export const NO_USAGE: Usage = {
  inputTokens: null,
  outputTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
  cost: null,
};

/** Counts as recorded; `input` may or may not include the cache. */
export interface TokenCounts {
  readonly input: number | null;
  readonly output: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  readonly reasoning: number | null;
}

/** Canonical usage. When the cache exceeds the input, the source counted them separately: they are added up. */
export function usageOf(counts: TokenCounts, cost: number | null): Usage {
  const cache = (counts.cacheRead ?? 0) + (counts.cacheWrite ?? 0);
  const isExclusive = counts.input !== null && cache > counts.input;
  return {
    inputTokens: isExclusive ? (counts.input ?? 0) + cache : counts.input,
    outputTokens: counts.output,
    cachedTokens: counts.cacheRead,
    reasoningTokens: counts.reasoning,
    cost,
  };
}

export function hasUsage(usage: Usage): boolean {
  return usage.inputTokens !== null || usage.outputTokens !== null || usage.cost !== null;
}

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    inputTokens: sum(a.inputTokens, b.inputTokens),
    outputTokens: sum(a.outputTokens, b.outputTokens),
    cachedTokens: sum(a.cachedTokens, b.cachedTokens),
    reasoningTokens: sum(a.reasoningTokens, b.reasoningTokens),
    cost: sum(a.cost, b.cost),
  };
}

/**
 * Counts in a usage object of a provider or recorder: OpenAI chat and responses, Anthropic (input
 * without the cache), Gemini, LangChain, MLflow. Null when it has none.
 */
export function tokenCounts(value: Json | undefined): TokenCounts | null {
  const bag = value === undefined ? null : structured(value);
  if (!isRecord(bag)) return null;
  const { input, output, cacheRead, cacheWrite, reasoning } = countsNamed(bag, NAMED);
  if (input === null && output === null) return null;
  const asked = countsNamed(details(bag, INPUT_DETAILS), NAMED_IN_DETAILS);
  const given = countsNamed(details(bag, OUTPUT_DETAILS), NAMED_IN_DETAILS);
  const read = cacheRead ?? asked.cacheRead;
  const written = cacheWrite ?? asked.cacheWrite;
  const isAnthropic =
    'cache_read_input_tokens' in bag && 'input_tokens' in bag && !('total_tokens' in bag);
  const cache = isAnthropic ? (read ?? 0) + (written ?? 0) : 0;
  return {
    input: input === null ? null : input + cache,
    output,
    cacheRead: read,
    cacheWrite: written,
    reasoning: reasoning ?? given.reasoning,
  };
}

/**
 * Counts in Langfuse `usage_details`, whose keys exclude each other: `input` does not include
 * `input_cached_tokens` and similar keys, `output` does not include `output_reasoning_tokens`. When `total` shows
 * that `input` and `output` already include everything, they are used unchanged.
 */
export function exclusiveCounts(value: Json | undefined): TokenCounts | null {
  const bag = recordOf(value);
  const input = numberOf(bag['input']);
  const output = numberOf(bag['output']);
  if (input === null && output === null) return tokenCounts(bag);
  const extraInput = sumOf(bag, 'input_');
  const extraOutput = sumOf(bag, 'output_');
  const total = numberOf(bag['total']);
  const isInclusive = total !== null && (input ?? 0) + (output ?? 0) === total;
  return {
    input: input === null ? null : input + (isInclusive ? 0 : extraInput),
    output: output === null ? null : output + (isInclusive ? 0 : extraOutput),
    cacheRead: first(bag, ['input_cached_tokens', 'input_cache_read', 'cache_read_input_tokens']),
    cacheWrite: first(bag, ['input_cache_creation', 'input_cache_creation_tokens']),
    reasoning: first(bag, ['output_reasoning_tokens', 'output_reasoning', 'reasoning_tokens']),
  };
}

/** Total of a cost object in USD: `total`, else the sum of its parts. */
export function costOf(value: Json | undefined): number | null {
  const parsed = value === undefined ? null : structured(value);
  if (!isRecord(parsed)) return numberOf(parsed ?? undefined);
  const total = first(parsed, ['total', 'total_cost', 'totalCost']);
  if (total !== null) return total;
  let cost: number | null = null;
  for (const key in parsed) cost = sum(cost, numberOf(parsed[key]));
  return cost;
}

/** The names of each count, the surest first. */
const NAMED = ranked({
  input: [
    'input_tokens',
    'prompt_tokens',
    'inputTokens',
    'promptTokens',
    'input_token_count',
    'prompt_token_count',
    'promptTokenCount',
    'prompt',
    'input',
  ],
  output: [
    'output_tokens',
    'completion_tokens',
    'outputTokens',
    'completionTokens',
    'output_token_count',
    'candidates_token_count',
    'candidatesTokenCount',
    'completion',
    'output',
  ],
  cacheRead: [
    'cache_read_input_tokens',
    'cachedInputTokens',
    'cached_content_token_count',
    'cachedContentTokenCount',
    'cacheReadInputTokens',
    'cached_input_tokens',
    'cached_tokens',
  ],
  cacheWrite: ['cache_creation_input_tokens', 'cache_write_input_tokens', 'cacheWriteInputTokens'],
  reasoning: [
    'reasoning_tokens',
    'reasoningTokens',
    'reasoning_output_tokens',
    'thoughts_token_count',
    'thoughtsTokenCount',
  ],
});
const NAMED_IN_DETAILS = ranked({
  input: [],
  output: [],
  cacheRead: ['cached_tokens', 'cache_read'],
  cacheWrite: ['cache_creation', 'cache_write'],
  reasoning: ['reasoning_tokens', 'reasoning'],
});
const INPUT_DETAILS = ['prompt_tokens_details', 'input_tokens_details', 'input_token_details'];
const OUTPUT_DETAILS = [
  'completion_tokens_details',
  'output_tokens_details',
  'output_token_details',
];

type CountName = keyof TokenCounts;
type Ranked = ReadonlyMap<string, { readonly count: CountName; readonly rank: number }>;

function ranked(names: Readonly<Record<CountName, readonly string[]>>): Ranked {
  const counts = Object.entries(names) as [CountName, readonly string[]][];
  return new Map(
    counts.flatMap(([count, keys]) => keys.map((key, rank) => [key, { count, rank }] as const)),
  );
}

/** Each count by the surest of its names that holds a number. Bags are small, so their keys are looked up, not the names. */
function countsNamed(bag: JsonObject | null, names: Ranked): TokenCounts {
  if (bag === null) return NO_COUNTS;
  const found: Record<CountName, number | null> = {
    input: null,
    output: null,
    cacheRead: null,
    cacheWrite: null,
    reasoning: null,
  };
  const ranks: Partial<Record<CountName, number>> = {};
  for (const key in bag) {
    const name = names.get(key);
    if (name === undefined || name.rank > (ranks[name.count] ?? Number.POSITIVE_INFINITY)) continue;
    const number = numberOf(bag[key]);
    if (number === null) continue;
    found[name.count] = number;
    ranks[name.count] = name.rank;
  }
  return found;
}

function first(bag: JsonObject, keys: readonly string[]): number | null {
  for (const key of keys) {
    const number = numberOf(bag[key]);
    if (number !== null) return number;
  }
  return null;
}

function details(bag: JsonObject, keys: readonly string[]): JsonObject | null {
  for (const key of keys) {
    const held = bag[key];
    if (isRecord(held)) return held;
  }
  return null;
}

const NO_COUNTS: TokenCounts = {
  input: null,
  output: null,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
};

function sumOf(bag: JsonObject, prefix: string): number {
  let total = 0;
  for (const key in bag) if (key.startsWith(prefix)) total += numberOf(bag[key]) ?? 0;
  return total;
}

const sum = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : a + b;
