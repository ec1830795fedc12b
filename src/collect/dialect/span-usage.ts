import type { Usage } from '../../contract/trace.ts';
import { isRecord } from '../../text/json.ts';
import { numberOf, recordOf, structured } from '../json/json-value.ts';
import {
  costOf,
  exclusiveCounts,
  NO_USAGE,
  type TokenCounts,
  tokenCounts,
  usageOf,
} from '../message/usage.ts';
import { type AttributeReading, field } from './attribute-reading.ts';
import type { Field } from './attribute-table.ts';

export interface SpanUsage {
  readonly usage: Usage;
  /** True when the recorder marks these as totals of the spans below. */
  readonly isAggregate: boolean;
}

/** Tokens and cost of a span, from the first source that has them. */
export function spanUsage(reading: AttributeReading, isModel: boolean, failed: boolean): SpanUsage {
  const { source } = reading;
  const direct = directCounts(reading);
  const isAggregate = direct === null && source.has('aggregatedInputTokens');
  const counts = direct ?? (isAggregate ? aggregated(reading) : responseCounts(reading, isModel));
  const cost = spanCost(reading, failed);
  if (counts === null && cost === null) return NOTHING;
  return { usage: usageOf(counts ?? NO_COUNTS, cost), isAggregate };
}

const NO_COUNTS: TokenCounts = {
  input: null,
  output: null,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
};
const NOTHING: SpanUsage = { usage: NO_USAGE, isAggregate: false };

function directCounts(reading: AttributeReading): TokenCounts | null {
  const bag = reading.source.has('exclusiveUsage')
    ? exclusiveCounts(field(reading, 'exclusiveUsage'))
    : tokenCounts(field(reading, 'usageBag'));
  if (bag !== null) return bag;
  const number = (name: Field): number | null => numberOf(field(reading, name));
  const input = number('inputTokens');
  const output = number('outputTokens');
  if (input === null && output === null) return null;
  const details = recordOf(reading.attributes['gen_ai.usage.input_token_details']);
  return {
    input,
    output,
    cacheRead: number('cacheReadTokens') ?? numberOf(details['cache_read']),
    cacheWrite: number('cacheWriteTokens') ?? numberOf(details['cache_creation']),
    reasoning: number('reasoningTokens'),
  };
}

const aggregated = (reading: AttributeReading): TokenCounts => ({
  ...NO_COUNTS,
  input: numberOf(field(reading, 'aggregatedInputTokens')),
  output: numberOf(field(reading, 'aggregatedOutputTokens')),
});

/** Counts inside a provider's raw response, used when the recorder kept no others. */
function responseCounts(reading: AttributeReading, isModel: boolean): TokenCounts | null {
  if (!isModel) return null;
  const output = field(reading, 'toolResult');
  const response = output === undefined ? null : structured(output);
  if (!isRecord(response)) return null;
  return (
    tokenCounts(response['usage']) ??
    tokenCounts(response['usage_metadata']) ??
    tokenCounts(response['usageMetadata'])
  );
}

/** A cost of 0 on a failed call means that nobody computed it. */
function spanCost(reading: AttributeReading, failed: boolean): number | null {
  const cost = numberOf(field(reading, 'cost')) ?? costOf(field(reading, 'costBag'));
  return cost === 0 && failed ? null : cost;
}
