import { SDKS, type Sdk } from '../contract/readiness.ts';
import type { Trace } from '../contract/trace.ts';

/** Names as their makers write them. */
export const SDK_NAMES: Readonly<Record<Sdk, string>> = {
  'ai-sdk': 'AI SDK',
  openinference: 'OpenInference',
  openllmetry: 'OpenLLMetry',
  langsmith: 'LangSmith',
  langfuse: 'Langfuse',
  opentelemetry: 'OpenTelemetry GenAI',
  other: 'another recorder',
};

/** Attributes that only one SDK writes, the most telling first: exporters of others add their own to its spans. */
const SIGNS: readonly (readonly [Sdk, RegExp])[] = [
  ['ai-sdk', /^ai\.(?:operationId|settings\.|model\.|telemetry\.|prompt|response\.)/],
  ['openinference', /^openinference\.|^llm\.(?:input_messages|token_count)\b/],
  ['openllmetry', /^traceloop\.|^llm\.request\.type$|^gen_ai\.(?:prompt|completion)\.\d/],
  ['langsmith', /^langsmith\./],
  ['langfuse', /^langfuse\./],
  ['opentelemetry', /^gen_ai\./],
];

/** The SDK of most spans; among equals, the more telling one. */
export function sdkOf({ spans }: Pick<Trace, 'spans'>): Sdk {
  const counts = new Map<Sdk, number>();
  for (const { attributes } of spans) {
    const sdk = sdkOfSpan(attributes);
    if (sdk !== null) counts.set(sdk, (counts.get(sdk) ?? 0) + 1);
  }
  let found: Sdk = 'other';
  for (const sdk of SDKS) if ((counts.get(sdk) ?? 0) > (counts.get(found) ?? 0)) found = sdk;
  return found;
}

function sdkOfSpan(attributes: Readonly<Record<string, unknown>>): Sdk | null {
  let best = SIGNS.length;
  for (const key in attributes)
    if (ANY_SIGN.test(key))
      for (let at = 0; at < best; at++) if (SIGNS[at]![1].test(key)) best = at;
  return SIGNS[best]?.[0] ?? null;
}

/** With which all signs begin. */
const ANY_SIGN = /^(?:ai|gen_ai|langfuse|langsmith|llm|openinference|traceloop)\./;
