import type { EvalReport } from '../../contract/eval-report.ts';
import {
  type AttemptRecord,
  RUN_VERSION,
  type RunHeader,
  type RunLine,
} from '../../contract/eval-run.ts';
import type { TargetAnswer } from '../../contract/eval-target.ts';
import { evalReport } from '../results/report/eval-report.ts';
import { type EvalResult, evaluate } from '../run/evaluate.ts';
import { parseRunLog, type RunLog } from '../run/run-log.ts';
import type { SelectedSuite } from '../run/select-suites.ts';
import { answering, runParts } from './attempts.ts';

export interface Evaluated {
  readonly header: RunHeader;
  readonly result: EvalResult;
  readonly lines: readonly RunLine[];
  readonly log: RunLog;
}

export interface EvaluatedOptions {
  readonly id?: string;
  /** Name of the version before; null without a baseline. */
  readonly baseline?: string | null;
  /** Attempts after which the run is stopped. */
  readonly stopAfter?: number;
}

/** A run of suites whose target says what it is told; `say` is asked with `candidate guard-1 0`. */
export async function evaluated(
  suites: readonly SelectedSuite[],
  say: (key: string) => TargetAnswer,
  { id = 'run-1', baseline = null, stopAfter = Number.POSITIVE_INFINITY }: EvaluatedOptions = {},
): Promise<Evaluated> {
  const targetOf = (version: string) =>
    ({ spec: `cmd:${version}`, kind: 'command', version, hash: null }) as const;
  const header: RunHeader = {
    ...{ kind: 'run', version: RUN_VERSION, id, createdAt: '2026-11-30T12:00:00.000Z' },
    ...{ toolVersion: '0.1.0', suites: [], labels: [], seed: 42, toolResults: null },
    ...{ isAa: false, budget: {}, target: targetOf(id) },
    baseline: baseline === null ? null : targetOf(baseline),
  };
  const lines: RunLine[] = [];
  const stop = new AbortController();
  let made = 0;
  const send = answering((key) => {
    made += 1;
    if (made >= stopAfter) stop.abort();
    return say(key);
  });
  const { budget: _, servicesOf: __, seed: ___, ...parts } = runParts(lines, send);
  const result = await evaluate({
    ...{ ...parts, suites, header, kept: null, signal: stop.signal },
    services: () => ({ judge: null, script: null }),
  });
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return { header, result, lines, log: parseRunLog(text, id) };
}

/** What the page of such a run shows. */
export const reportOf = ({ header, result, lines }: Evaluated): Promise<EvalReport> => {
  const { judgment, suites, attempts, falseAlarms, stopped, spent: used } = result;
  return evalReport({
    ...{ header, judgment, suites, attempts, falseAlarms, stopped, used },
    traces: lines.filter((line): line is AttemptRecord => line.kind === 'attempt'),
    services: () => ({ judge: null, script: null }),
    ...{ record: 'evals/runs/run-1.jsonl', next: 'commit the suites' },
  });
};
