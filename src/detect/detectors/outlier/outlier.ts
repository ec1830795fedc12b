import type { Norm } from '../../../contract/file-facts.ts';
import type { Slot, Statement } from '../../../contract/signal.ts';
import type { Trace } from '../../../contract/trace.ts';
import { maskedKey } from '../../../text/mask.ts';
import { statement } from '../../../text/statement.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import { MEASURES, type Measure, measured } from '../../file/measure.ts';
import { normsFor } from '../../file/norms.ts';
import type { Finding } from '../../finding.ts';
import type { Run } from '../../run/run.ts';

const NO_FILE = inconclusive('a single trace has nothing to be compared with');
const FEW = inconclusive('too few comparable traces');

/**
 * A run that cost, took or used far more than others of its operation and prompt version: among the
 * highest 1% and with a robust z above 3.5.
 */
export const outlier = defineDetector({
  id: 'outlier',
  tier: 'outlier',
  finds: 'runs far slower or more expensive than others of their operation and prompt version',
  categories: [
    {
      id: 'latency_outlier',
      name: 'Latency outlier',
      definition: 'A run takes no longer than others of its operation.',
      severity: 2,
      layer: 'platform',
      fixCost: 3,
      example: 'A refund took 48 s, 12 times the median of refunds, all in one search.',
    },
    {
      id: 'token_outlier',
      name: 'Token outlier',
      definition: 'A run uses no more tokens than others of its operation.',
      severity: 2,
      layer: 'orchestration',
      fixCost: 2,
      example: 'A question used 90,000 tokens, 45 times the median of such questions.',
    },
    {
      id: 'cost_outlier',
      name: 'Cost outlier',
      definition: 'A run costs no more than others of its operation.',
      severity: 2,
      layer: 'orchestration',
      fixCost: 2,
      example: 'A question cost $2.10 where the median of such questions is $0.01.',
    },
  ],
  detect(run, file) {
    if (file === null) return NO_FILE;
    const norms = normsFor(run.trace, file);
    if (norms === undefined) return FEW;
    let judged = false;
    const found: (Finding | null)[] = [];
    for (const measure of MEASURES) {
      const norm = norms[measure];
      const value = measured(run.trace, measure);
      if (value === null || norm === null) continue;
      judged = true;
      if (norm.cutoff !== null && value > norm.cutoff)
        found.push(outlying(run, measure, value, norm));
    }
    return judged ? found : FEW;
  },
});

function outlying(run: Run, measure: Measure, value: number, norm: Norm): Finding | null {
  const { cause, spanId } = whereSpent(run.trace, measure);
  const times = value / norm.median;
  return run.finding({
    category: `${measure}_outlier`,
    cause,
    statement: STATEMENT[measure]({ kind: 'number', value: times.toFixed(times < 10 ? 1 : 0) }),
    confidence: 0.9,
    spanId,
    evidence: fieldsOf(run.trace, measure).map(([path, field]) =>
      run.quote(path, String(field), spanId),
    ),
  });
}

/** `times` as rounded, with its decimals: 3.0, not 3. */
const STATEMENT: Readonly<Record<Measure, (times: Slot) => Statement>> = {
  cost: (times) => statement`Cost is ${times} times the median of this operation`,
  latency: (times) => statement`Latency is ${times} times the median of this operation`,
  token: (times) => statement`Token use is ${times} times the median of this operation`,
};

function fieldsOf(
  { usage, startTime, endTime }: Trace,
  measure: Measure,
): readonly (readonly [path: string, value: number | null])[] {
  switch (measure) {
    case 'cost':
      return [['/usage/cost', usage.cost]];
    case 'latency':
      return [
        ['/endTime', endTime],
        ['/startTime', startTime],
      ];
    case 'token':
      return [
        ['/usage/inputTokens', usage.inputTokens],
        ['/usage/outputTokens', usage.outputTokens],
      ];
  }
}

interface Place {
  readonly cause: readonly string[];
  readonly spanId: string | null;
}

/** Where most of it went: the slowest leaf span for latency, input or output for tokens and cost. */
function whereSpent({ usage, spans }: Trace, measure: Measure): Place {
  if (measure !== 'latency') {
    const { inputTokens, outputTokens } = usage;
    if (inputTokens === null && outputTokens === null) return { cause: [], spanId: null };
    const side = (inputTokens ?? 0) >= (outputTokens ?? 0) ? 'input' : 'output';
    return { cause: [side], spanId: null };
  }
  const parents = new Set(spans.map((span) => span.parentId));
  let slowest = -1;
  let place: Place = { cause: [], spanId: null };
  for (const span of spans) {
    if (parents.has(span.id) || span.startTime === null || span.endTime === null) continue;
    const took = span.endTime - span.startTime;
    if (took <= slowest) continue;
    slowest = took;
    const name = span.kind === 'tool' ? (span.toolCall?.name ?? span.name) : '';
    place = { cause: [span.kind, maskedKey(name, 60)], spanId: span.id };
  }
  return place;
}
