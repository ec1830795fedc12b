import type { Evidence, Signal } from '../../contract/signal.ts';
import type { Trace } from '../../contract/trace.ts';
import {
  addValue,
  createSketch,
  type Distribution,
  distribution,
  mergeSketch,
  type QuantileSketch,
} from '../../numeric/statistics/quantile-sketch.ts';
import { hash53 } from '../../text/hash.ts';
import { fingerprint, mask, maskedKey } from '../../text/mask.ts';
import { quote } from '../evidence.ts';
import { saysNo, saysUnknown } from '../verdict.ts';

export interface OutlierOptions {
  /** Only the highest share of a group can be outliers. Default 0.01. */
  readonly share?: number;
  /** And only above this robust z of the logarithm. Default 3.5 (Iglewicz and Hoaglin 1993). */
  readonly z?: number;
  /** Groups with fewer values are not judged. Default 100. */
  readonly minimum?: number;
  /** Most groups kept. Default 1,000; of more, those whose key hashes lowest, whatever the order. */
  readonly groups?: number;
}

/**
 * Cost, latency and token outliers against the population: first `add` every trace, then `judge` any.
 * A group is an operation (trace name, else root span's name, digits masked) in one prompt version.
 * An outlier is among the highest 1 % of its group **and** has a robust z above 3.5. Memory is bounded
 * and neither order nor the split over trackers changes the result.
 */
export interface OutlierTracker {
  add(trace: Trace): void;
  /** Adds what another tracker with the same options has seen. */
  merge(other: OutlierTracker): void;
  /** Every outlying measure as `yes`, else one `no`, or one `unknown` where no measure has a group to compare with. */
  judge(trace: Trace): readonly Signal[];
  /** What was seen, by group key. */
  readonly seen: ReadonlyMap<string, GroupSketches>;
  /** Groups whose key hashes this high or higher have been put out. */
  limit(): number;
}

/** One sketch per measure, in the order cost, latency, tokens. */
type GroupSketches = Readonly<Record<Measure, QuantileSketch>>;

export type Measure = 'cost' | 'latency' | 'token';
export const MEASURES: readonly Measure[] = ['cost', 'latency', 'token'];

const ID = 'outlier';
const NO = saysNo(ID);
const FEW = saysUnknown(ID, 'too few comparable traces');

export function outlierTracker(options: OutlierOptions = {}): OutlierTracker {
  const { share = 0.01, z = 3.5, minimum = 100, groups = 1000 } = options;
  const seen = new Map<string, GroupSketches>();
  const hashes = new Map<string, number>();
  let distributions = new Map<string, Readonly<Record<Measure, Distribution>>>();
  let limit = Number.POSITIVE_INFINITY;

  /** Keeps the groups with the lowest hashes: one put out never comes back, so what is kept is whole. */
  const groupOf = (key: string): GroupSketches | undefined => {
    const known = seen.get(key);
    if (known !== undefined) return known;
    const hash = hash53(key);
    if (hash >= limit) return undefined;
    const fresh = { cost: createSketch(), latency: createSketch(), token: createSketch() };
    seen.set(key, fresh);
    hashes.set(key, hash);
    if (seen.size <= groups) return fresh;
    const [worst, worstHash] = highest(hashes);
    putOut(worstHash);
    return worst === key ? undefined : fresh;
  };
  const putOut = (from: number): void => {
    limit = Math.min(limit, from);
    for (const [key, hash] of hashes) {
      if (hash < limit) continue;
      seen.delete(key);
      hashes.delete(key);
    }
  };

  return {
    seen,
    limit: () => limit,
    add(trace) {
      const group = groupOf(keyOf(trace));
      if (group === undefined) return;
      if (distributions.size > 0) distributions = new Map();
      for (const measure of MEASURES) {
        const value = measured(trace, measure);
        if (value !== null) addValue(group[measure], value);
      }
    },
    merge(other) {
      distributions = new Map();
      putOut(other.limit());
      for (const [key, sketches] of other.seen) {
        const group = groupOf(key);
        if (group === undefined) continue;
        for (const measure of MEASURES) mergeSketch(group[measure], sketches[measure]);
      }
    },
    judge(trace) {
      const key = keyOf(trace);
      const group = seen.get(key);
      if (group === undefined) return FEW;
      let ready = distributions.get(key);
      if (ready === undefined) {
        ready = {
          cost: distribution(group.cost),
          latency: distribution(group.latency),
          token: distribution(group.token),
        };
        distributions.set(key, ready);
      }
      let judged = false;
      const found: Signal[] = [];
      for (const measure of MEASURES) {
        const value = measured(trace, measure);
        const population = ready[measure];
        if (value === null || population.count < minimum) continue;
        judged = true;
        if (!(population.robustZ(value) > z)) continue;
        if (population.atLeast(value) > share * population.count) continue;
        const signal = outlying(trace, measure, value / population.quantile(0.5));
        if (signal !== null) found.push(signal);
      }
      return found.length > 0 ? found : judged ? NO : FEW;
    },
  };
}

/** Operation and prompt version: what a trace is compared with. */
export const keyOf = (trace: Trace): string =>
  `${operationOf(trace)}\n${trace.promptVersion ?? ''}`;

function operationOf(trace: Trace): string {
  const name = trace.name ?? trace.spans.find((span) => span.parentId === null)?.name ?? '';
  return /\d/.test(name) ? mask(name.slice(0, 200)) : name.slice(0, 200);
}

/** Null where it was not recorded. */
export function measured(trace: Trace, measure: Measure): number | null {
  switch (measure) {
    case 'cost':
      return trace.usage.cost;
    case 'latency':
      return trace.startTime === null || trace.endTime === null
        ? null
        : trace.endTime - trace.startTime;
    case 'token':
      return trace.usage.inputTokens === null && trace.usage.outputTokens === null
        ? null
        : (trace.usage.inputTokens ?? 0) + (trace.usage.outputTokens ?? 0);
  }
}

function outlying(trace: Trace, measure: Measure, times: number): Signal | null {
  const evidence = fieldsOf(trace, measure)
    .map(([path, value]) => quote(trace, path, String(value), null))
    .filter((one): one is Evidence => one !== null);
  if (evidence.length === 0) return null;
  const where = whereSpent(trace, measure);
  return {
    detector: ID,
    verdict: 'yes',
    category: `${measure}_outlier`,
    confidence: 0.9,
    spanId: where.spanId,
    summary: `${WORD[measure]} is ${times.toFixed(times < 10 ? 1 : 0)} times the median of this operation`,
    fingerprint: fingerprint(`${measure}_outlier`, ...where.parts),
    evidence,
  };
}

const WORD: Readonly<Record<Measure, string>> = {
  cost: 'Cost',
  latency: 'Latency',
  token: 'Token use',
};

function fieldsOf(trace: Trace, measure: Measure): readonly (readonly [string, number | null])[] {
  switch (measure) {
    case 'cost':
      return [['/usage/cost', trace.usage.cost]];
    case 'latency':
      return [
        ['/endTime', trace.endTime],
        ['/startTime', trace.startTime],
      ];
    case 'token':
      return [
        ['/usage/inputTokens', trace.usage.inputTokens],
        ['/usage/outputTokens', trace.usage.outputTokens],
      ];
  }
}

/** Where most of it went: the slowest leaf span for latency, input or output for tokens and cost. */
function whereSpent(
  trace: Trace,
  measure: Measure,
): { parts: readonly string[]; spanId: string | null } {
  if (measure !== 'latency') {
    const { inputTokens, outputTokens } = trace.usage;
    if (inputTokens === null && outputTokens === null) return { parts: [], spanId: null };
    return {
      parts: [(inputTokens ?? 0) >= (outputTokens ?? 0) ? 'input' : 'output'],
      spanId: null,
    };
  }
  const parents = new Set(trace.spans.map((span) => span.parentId));
  let slowest = -1;
  let answer: { parts: readonly string[]; spanId: string | null } = { parts: [], spanId: null };
  for (const span of trace.spans) {
    if (parents.has(span.id) || span.startTime === null || span.endTime === null) continue;
    const took = span.endTime - span.startTime;
    if (took <= slowest) continue;
    slowest = took;
    const name = span.kind === 'tool' ? (span.toolCall?.name ?? span.name) : '';
    answer = { parts: [span.kind, maskedKey(name, 60)], spanId: span.id };
  }
  return answer;
}

function highest(hashes: ReadonlyMap<string, number>): readonly [string, number] {
  let worst: readonly [string, number] = ['', -1];
  for (const entry of hashes) if (entry[1] > worst[1]) worst = entry;
  return worst;
}
