import type { Analysis } from '../contract/analysis.ts';
import { diffCodeOptionsSchema } from '../contract/code-options.ts';
import type { Diff } from '../contract/diff.ts';
import type { Ledger } from '../contract/ledger.ts';
import { parseOptions } from '../contract/options.ts';
import type { ReportData } from '../contract/report.ts';
import { detectorIds } from '../detect/detect.ts';
import { redactionOf } from '../pipeline.ts';
import type { TraceInput } from '../platform/trace-input.ts';
import { openPair } from '../platform/trace-pair.ts';
import { redactor } from '../redact/redact.ts';
import { withExemplars } from '../report/report.ts';
import type { AnalyzeOptions } from './analyze-options.ts';
import { analyzed } from './analyzed.ts';
import { asNamed } from './as-named.ts';
import type { TraceReader } from './read-traces.ts';

/** Two inputs, to compare the second with the first. */
export interface TracePair {
  readonly before: TraceInput;
  readonly after: TraceInput;
  /** What both are called. Default: their paths, else `before` and `after`. */
  readonly names?: readonly [string, string];
}

export interface DiffOptions extends AnalyzeOptions {
  /**
   * Compares groups of one input: `promptVersion`, `release`, `model`, `environment`, `tenant`, `operation`, `language`,
   * `day`, or a key of the metadata.
   */
  readonly by?: string;
  /** With `by`: the values to compare. Default: the last two by time. */
  readonly from?: string;
  readonly to?: string;
  /** Compares the input with an earlier analysis, whose causes it keeps. */
  readonly against?: Analysis;
  /** Share of the traces that should be on the second side, if an experiment divided them: 0.5 for halves. */
  readonly expectedShare?: number;
}

export interface DiffResult {
  /** As `culprit diff --json` prints it. */
  readonly diff: Diff;
  /** Of both sides together; with `against`, of the new input alone. */
  readonly analysis: Analysis;
  /** With the messages of exemplars of both sides; `renderChanges` shows it beside the comparison. */
  readonly report: ReportData;
}

/**
 * What changed between two groups of traces, and what may be chance. Both sides are analyzed together, so a cause is the
 * same on both.
 *
 * ```ts
 * const { diff } = await diff('traces.jsonl', { by: 'promptVersion' });
 * ```
 *
 * @param source One input, with `by` or `against`, or two: `{ before, after }`.
 * @throws CulpritError what `analyze` throws; `invalid_option` for an attribute or a value that there is not, with what
 * there is, and for options that do not go together.
 */
export async function diff(
  source: TraceInput | TraceReader | TracePair,
  given: DiffOptions = {},
): Promise<DiffResult> {
  const parsed = parseOptions(diffCodeOptionsSchema, given, asNamed);
  const { by, from, to, against, expectedShare, ...options } = parsed;
  const watch = await import('../watch/watch.ts');
  watch.checkRequest(parsed, isPair(source));
  if (isPair(source)) {
    const pair = await openPair(source, given.signal);
    const run = await analyzed([], options, { ledger: { by: null }, opened: pair.input });
    const sides = watch.sidesOfFiles(run.detected.ledger!, pair.before, pair.after);
    return diffResult(run, watch.compareSides(run, sides, { expectedShare }));
  }
  if (against !== null) {
    const own = new Set([...detectorIds(), ...(given.detectors ?? []).map(({ id }) => id)]);
    const frozen = watch.frozenOptions(against, own, given.policy != null, given);
    const deps = { ledger: { by: null }, frozen: against.facts };
    const run = await analyzed(source, { ...options, ...frozen }, deps);
    return diffResult(run, watch.compareAgainst(against, run));
  }
  const sidesOf = (ledger: Ledger) => watch.sidesBy(ledger, { by: by!, from, to });
  // What is wrong with them is said before the slow steps.
  const deps = { ledger: { by: watch.attributeName(by!), onLedger: sidesOf } };
  const run = await analyzed(source, options, deps);
  return diffResult(run, watch.compareSides(run, sidesOf(run.detected.ledger!), { expectedShare }));
}

const isPair = (source: unknown): source is TracePair =>
  typeof source === 'object' && source !== null && 'before' in source && 'after' in source;

function diffResult(run: Awaited<ReturnType<typeof analyzed>>, found: Diff): DiffResult {
  const diff = redactor(redactionOf(run.resolved)).data(found);
  const report = withExemplars(run.report, run.detected.failures, diff.causes);
  return { diff, analysis: run.analysis, report };
}
