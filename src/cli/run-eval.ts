import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CulpritError } from '../contract/culprit-error.ts';
import { type AttemptRecord, RUN_VERSION, type RunHeader } from '../contract/eval-run.ts';
import type { Target } from '../contract/eval-target.ts';
import type { Judge } from '../contract/judge.ts';
import { systemClock } from '../llm/endpoint/clock.ts';
import { packageVersion } from '../platform/package-file.ts';
import { openRunFile, readRunFile, runFilesIn } from '../platform/run-file.ts';
import { readSuiteFolder } from '../platform/suite-folder.ts';
import { toolServer } from '../platform/target/tool-server.ts';
import { printableJson } from '../text/printable.ts';
import {
  asBaseline,
  changedSince,
  evaluate,
  parseRunLog,
  type ReadSuite,
  type RunLog,
  type SelectedSuite,
  selectSuites,
  suitesIn,
  tightest,
} from '../verify/verify.ts';
import { budgetOf } from './budget-of.ts';
import { writeResults } from './eval-files.ts';
import { evalLines, evalRecord } from './eval-lines.ts';
import type { EvalOptions } from './eval-options.ts';
import { evalProgress } from './eval-progress.ts';
import { EVAL_TITLE, writeEmptyReport, writeReport } from './eval-report-file.ts';
import { INCOMPLETE } from './exit-code.ts';
import { judgeFor } from './judge.ts';
import { scriptLoader } from './load-script.ts';
import { openTarget } from './open-target.ts';
import { writeMessage, writeResult } from './output.ts';
import { openInBrowser, reportFile } from './report-file.ts';
import { runId } from './run-id.ts';
import { sender } from './send-attempt.ts';
import { runServer, sendRun } from './send-run.ts';
import { spendSlices } from './spend-slices.ts';
import { stopSignal } from './stop-signal.ts';

/** Runs suites against a target: reads, makes the attempts, keeps the record, prints the verdict. */
export async function runEval(path: string, options: EvalOptions): Promise<void> {
  const read = await readEvals(path);
  const folder = options.runs ?? join(isFolder(path) ? path : dirname(path), 'runs');
  const server = runServer(options);
  const earlier = runFilesIn(folder);
  const resumed = options.resume ? lastUnfinished(earlier, folder) : null;
  const run = resumed?.log.header.id ?? runId();
  const target = await openTarget(options.target, '--target', options.as ?? null, options);
  const baseline: Baseline | null = options.aa
    ? { record: target.record, target, kept: null }
    : await openBaseline(options, earlier);
  const suites = selected(read, baseline, options, run, target);
  const report =
    options.out === undefined
      ? null
      : await reportFile(options.out, [path, ...suites.map(({ file }) => file)], EVAL_TITLE);
  const opened: { readonly close: () => Promise<void> }[] = [];
  const judge = await judgeFor(
    { ...options, baseUrl: options.judgeBaseUrl },
    { onOpen: (each) => opened.push(each), say: () => {} },
  );
  const header = await headerOf(run, { suites, target, baseline, judge }, options);
  if (suites.length === 0) return nothingEvaluated(path, header, read, report);
  if (resumed !== null) checkUnchanged(resumed.log.header, header);
  const file = resumed?.path ?? join(folder, `${run}.jsonl`);
  const tools =
    options.toolResults === undefined || options.toolResults === 'live' ? null : await toolServer();
  const log = openRunFile(file, resumed === null ? null : resumed.bytes);
  const stop = stopSignal();
  const progress = await evalProgress(process.stderr);
  try {
    const result = await evaluate({
      ...{ suites, write: log.write, signal: stop.signal, concurrency: options.concurrency },
      header: resumed?.log.header ?? header,
      kept: baseline?.kept ?? null,
      before: resumed?.log ?? null,
      services: ({ file: suite }) => ({ judge, script: scriptLoader(suite) }),
      send: sender(
        { target, baseline: baseline?.target ?? null, server: tools, clock: systemClock },
        options,
      ),
      now: () => new Date(systemClock.now()).toISOString(),
      progress: progress.update,
    });
    progress.stop();
    const spent = await spendSlices(result, header);
    const made = { result, header, file, spent: spent.marked > 0, path };
    const failed =
      report === null
        ? null
        : await writeReport(report, { ...made, baselineFile: baseline?.file ?? null });
    const shown = { ...made, report: failed === null ? report : null };
    writeResult(options.json ? `${printableJson(evalRecord(shown))}\n` : evalLines(shown));
    await writeResults(shown, options);
    const unsent = server === null ? null : await sendRun(server, { file, path });
    if (failed !== null) throw failed;
    if (spent.failed !== null) throw spent.failed;
    if (unsent !== null) throw unsent;
    if (options.open && report !== null) await openInBrowser(report, writeMessage);
    process.exitCode = result.falseAlarms === null ? result.judgment.exitCode : 0;
  } finally {
    progress.stop();
    stop.release();
    log.close();
    for (const each of opened) await each.close();
    await tools?.[Symbol.asyncDispose]();
  }
}

/** Says so; a report of an earlier run at this place would say something else. */
async function nothingEvaluated(
  path: string,
  header: RunHeader,
  read: readonly ReadSuite[],
  report: string | null,
): Promise<void> {
  const what = header.labels.length > 0 ? ` with the label ${header.labels.join(', ')}` : '';
  const sentence = `nothing evaluated: ${path} holds no suite${what}`;
  const labels = [...new Set(read.flatMap(({ suite }) => suite.labels))];
  const next =
    read.length === 0
      ? `culprit promote traces.jsonl --cause 1 --suite ${path} makes one`
      : labels.length === 0
        ? 'none of its suites has a label; leave --label out'
        : `its suites have the labels ${labels.join(', ')}`;
  writeMessage(`${sentence}. ${next}`);
  process.exitCode = INCOMPLETE;
  const failed = report === null ? null : await writeEmptyReport(report, header, sentence, next);
  if (failed !== null) throw failed;
}

/** Throws `unreadable_file` for a path that is not there, `invalid_suite` for what cannot be used. */
async function readEvals(path: string): Promise<readonly ReadSuite[]> {
  const files = await readSuiteFolder(path);
  if (files.length === 0 && !isFolder(path))
    throw new CulpritError('unreadable_file', `${path}: there is no such file or folder`);
  return suitesIn(files);
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

interface Resumed {
  readonly path: string;
  readonly log: RunLog;
  readonly bytes: number;
}

/** Throws `invalid_option` where the last run has ended. */
function lastUnfinished(files: readonly string[], folder: string): Resumed {
  const path = files.at(-1);
  if (path === undefined)
    throw new CulpritError('invalid_option', `--resume: there is no run in ${folder}`);
  const text = readRunFile(path);
  const log = parseRunLog(text, path);
  if (log.end?.isComplete === true)
    throw new CulpritError('invalid_option', `--resume: the last run, ${path}, is complete`);
  return { path, log, bytes: Buffer.byteLength(text.slice(0, log.whole)) };
}

/** What was registered before a run may not change in it. Throws `invalid_option`. */
function checkUnchanged(before: RunHeader, now: RunHeader): void {
  const changed = changedSince(before, now);
  if (changed !== null)
    throw new CulpritError(
      'invalid_option',
      `--resume: ${changed} of ${before.id} was another (${short(before[changed as keyof RunHeader])}); give what it had, or start a new run`,
    );
}

const short = (value: unknown): string => JSON.stringify(value).slice(0, 200);

interface Baseline {
  readonly record: RunHeader['target'];
  /** Null for a kept run. */
  readonly target: Target | null;
  readonly kept: readonly AttemptRecord[] | null;
  /** File of a kept run. */
  readonly file?: string;
}

/** Throws `invalid_option` for a run that is not there or not complete, and what `openTarget` throws. */
async function openBaseline(
  options: EvalOptions,
  earlier: readonly string[],
): Promise<Baseline | null> {
  if (options.baseline === undefined) return null;
  if (!options.baseline.startsWith('run:')) {
    const target = await openTarget(options.baseline, '--baseline', null, {
      ...options,
      prompt: options.baselinePrompt,
    });
    return { record: target.record, target, kept: null };
  }
  const wanted = options.baseline.slice('run:'.length);
  for (const path of earlier.toReversed()) {
    if (wanted !== 'last' && !path.endsWith(`${wanted}.jsonl`)) continue;
    const { header, attempts, end } = parseRunLog(readRunFile(path), path);
    if (end?.isComplete !== true) {
      if (wanted === 'last') continue;
      throw new CulpritError('invalid_option', `--baseline: ${path} is not complete`);
    }
    const { version, hash } = header.target;
    const record = { spec: `run:${header.id}`, kind: 'run' as const, version, hash };
    return { record, target: null, kept: asBaseline(attempts), file: path };
  }
  throw new CulpritError(
    'invalid_option',
    `--baseline ${options.baseline}: there is no such complete run`,
  );
}

/** With a kept run as the baseline, the cases that it attempted. */
function selected(
  read: readonly ReadSuite[],
  baseline: Baseline | null,
  { label, slice, repeat, aa }: EvalOptions,
  run: string,
  target: Target,
): readonly SelectedSuite[] {
  const suites = selectSuites(read, {
    ...{ labels: label, run },
    slice: slice ?? (aa ? 'again' : baseline === null ? 'off' : 'once'),
    repeats: repeat ?? (isRecorded(target) || isRecorded(baseline) ? 1 : null),
  });
  const kept = baseline?.kept;
  if (kept === undefined || kept === null) return suites;
  const made = new Set(kept.map((each) => `${each.cause} ${each.case}`));
  return suites.map((each) => ({
    ...each,
    suite: {
      ...each.suite,
      cases: each.suite.cases.filter(
        ({ id, role }) => role !== 'slice' || made.has(`${each.suite.cause.id} ${id}`),
      ),
    },
  }));
}

/** Each trace is recorded once, so that there is one attempt of its case. */
const isRecorded = (side: Pick<Baseline, 'record'> | null): boolean =>
  side?.record.kind === 'traces';

interface HeaderParts {
  readonly suites: readonly SelectedSuite[];
  readonly target: Target;
  readonly baseline: Baseline | null;
  readonly judge: Judge | null;
}

async function headerOf(
  id: string,
  { suites, target, baseline, judge }: HeaderParts,
  options: EvalOptions,
): Promise<RunHeader> {
  const { label, seed, toolResults, aa, maxCalls, maxTokens, maxCost } = options;
  const given = budgetOf({ calls: maxCalls, tokens: maxTokens, dollars: maxCost });
  return {
    ...{ kind: 'run', version: RUN_VERSION, id },
    createdAt: new Date(systemClock.now()).toISOString(),
    toolVersion: await packageVersion(),
    suites: suites.map(({ file, hash, suite, reused }) => ({
      ...{ file, hash, cause: suite.cause.id, register: suite.register, reused },
      cases: suite.cases.map((each) => each.id),
    })),
    ...{ labels: label, seed, toolResults: toolResults ?? null, isAa: aa },
    ...{ target: target.record, baseline: baseline?.record ?? null, judge: judge?.id ?? null },
    budget: tightest([given, ...suites.map(({ suite }) => suite.register.budget)]),
    attemptLimit: budgetOf({ tokens: options.attemptTokens, dollars: options.attemptCost }),
  };
}
