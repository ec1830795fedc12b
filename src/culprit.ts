import { collect } from './collect/collect.ts';
import type { Analysis } from './contract/analysis.ts';
import {
  codeOptionsSchema,
  detectCodeOptionsSchema,
  diffCodeOptionsSchema,
  promoteCodeOptionsSchema,
} from './contract/code-options.ts';
import { CulpritError } from './contract/culprit-error.ts';
import type { Diff } from './contract/diff.ts';
import type { Embedder } from './contract/embedder.ts';
import type { FileFacts } from './contract/file-facts.ts';
import type { GivenCommandRecord } from './contract/given-command.ts';
import type { Judge } from './contract/judge.ts';
import type { Ledger } from './contract/ledger.ts';
import {
  type Options,
  type OptionsInput,
  parseOptions,
  resolveOptions,
} from './contract/options.ts';
import type { Progress } from './contract/progress.ts';
import type { Redaction } from './contract/redaction.ts';
import type { ReportData } from './contract/report.ts';
import type { Signal } from './contract/signal.ts';
import type { Tenants } from './contract/tenants.ts';
import type { Trace } from './contract/trace.ts';
import type { Trend } from './contract/trend.ts';
import type { Detector, DetectorDefinition } from './detect/define.ts';
import {
  detectOptions,
  detectorIds,
  detectorsFrom,
  detectTrace,
  policyFrom,
} from './detect/detect.ts';
import { embedder as embedderOf } from './embed/embed.ts';
import { transformersEmbedder } from './llm/embedder/transformers-embedder.ts';
import { type AnalyzeDeps, type Analyzed, redactionOf, analyze as runSteps } from './pipeline.ts';
import { checkTrace } from './platform/check-trace.ts';
import { kernelThreads } from './platform/kernel-threads.ts';
import { packageVersion, readAsset, readBuilt } from './platform/package-file.ts';
import { fillTemplate } from './platform/report-template.ts';
import { startThread } from './platform/thread.ts';
import { type ByteInput, openInput, type TraceInput } from './platform/trace-input.ts';
import { openPair } from './platform/trace-pair.ts';
import { redactor } from './redact/redact.ts';
import { changeReport, withExemplars } from './report/report.ts';
import { type ScanInput, type ScanThreads, scanWorkerModule } from './scan/scan.ts';
import type { Promotion, ReadSuite, ScriptCheck } from './verify/verify.ts';

export type { Analysis } from './contract/analysis.ts';
export type { ByteSource } from './contract/byte-source.ts';
export type { Category, Layer } from './contract/category.ts';
export type { CheckInput } from './contract/check.ts';
export { CulpritError, type ErrorCode } from './contract/culprit-error.ts';
export type { CauseChange, Diff } from './contract/diff.ts';
export type { Embedder, Embedding, EmbedOptions } from './contract/embedder.ts';
export type { FileFacts } from './contract/file-facts.ts';
export type { Answers, Judge, JudgeOptions, Question } from './contract/judge.ts';
export { parseAnalysis } from './contract/parse-analysis.ts';
export type { PolicyInput } from './contract/policy.ts';
export type { ReportData } from './contract/report.ts';
export type { Evidence, Signal, Slot, Statement, Verdict } from './contract/signal.ts';
export type { Tenants } from './contract/tenants.ts';
export type { Tier } from './contract/tier.ts';
export type { Trace } from './contract/trace.ts';
export type { Trend } from './contract/trend.ts';
export type { Answer, Detector, DetectorDefinition, Inconclusive } from './detect/define.ts';
export { defineDetector, inconclusive } from './detect/define.ts';
export type { Finding } from './detect/finding.ts';
export type { Claim, Run } from './detect/run/run.ts';
export { openAiEmbedder } from './llm/embedder/openai-embedder.ts';
export { transformersEmbedder } from './llm/embedder/transformers-embedder.ts';
export { openAiJudge } from './llm/judge/openai-judge.ts';
export type { ByteInput, TraceInput } from './platform/trace-input.ts';
export { field, number, statement, tool } from './text/statement.ts';
export type { BrokenCase, Promotion, ReadSuite, ScriptCheck } from './verify/verify.ts';

export interface AnalyzeOptions extends Omit<OptionsInput, 'embedder'> {
  /** Your own detectors, run after the built-in ones. */
  readonly detectors?: readonly (Detector | DetectorDefinition)[];
  /** `static` (the default), `lexical`, `transformers:<model>`, or an embedder such as `openAiEmbedder` makes. */
  readonly embedder?: Embedder | string;
  /** A model that answers checks; without `checks` it looks for causes of failures that have none. */
  readonly judge?: Judge;
  /** Files and options as a command line has them, so that the report can say how to promote a cause. */
  readonly command?: GivenCommandRecord;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

export interface AnalyzeResult {
  /** The record of the run, as `culprit analyze --json` prints it. */
  readonly analysis: Analysis;
  /** The root causes in order of rank: `analysis.clusters`. */
  readonly clusters: Analysis['clusters'];
  /** What `renderReport` shows: the analysis and the traces of its examples. */
  readonly report: ReportData;
}

/**
 * Turns traces into a ranked list of root causes. The same traces, options and embedder give the same bytes.
 *
 * ```ts
 * const { clusters } = await analyze('traces.jsonl');
 * ```
 *
 * @param source File paths, bytes, traces, or records such as `{ input, output }`. An iterator is read to its end and kept in memory.
 * @param options All optional; docs/api.md lists them with their defaults.
 * @throws CulpritError `invalid_option`, `invalid_input`, `unreadable_file`, `unknown_format`, `empty_input`,
 * `no_traces`, `aborted`, and what the embedder and the judge throw.
 */
export async function analyze(
  source: TraceInput | TraceReader,
  options: AnalyzeOptions = {},
): Promise<AnalyzeResult> {
  const { analysis, report } = await analyzed(source, options);
  return { analysis, clusters: analysis.clusters, report };
}

/** What a run needs beside the options of an analysis. */
type RunDeps = Pick<AnalyzeDeps, 'ledger' | 'frozen'>;

/** As `analyze`, with what the record was made from. `opened`: the input, where it is open already. */
async function analyzed(
  source: TraceInput | TraceReader,
  options: AnalyzeOptions,
  deps: RunDeps & { readonly opened?: ScanInput } = {},
): Promise<Analyzed & { readonly resolved: Options }> {
  const { opened, ...runDeps } = deps;
  const {
    detectors = [],
    embedder,
    judge,
    command,
    progress,
    signal,
    ...given
  } = parseOptions(codeOptionsSchema, options, asNamed);
  const named = typeof embedder === 'string' ? embedder : undefined;
  const resolved = resolveOptions({
    ...(source instanceof TraceReader && { columns: source.columns }),
    ...given,
    ...(named !== undefined && { embedder: named }),
  });
  const own = detectorsFrom(detectors);
  const threads = kernelThreads();
  try {
    const steps = await runSteps(
      opened ?? (await openInput(source instanceof TraceReader ? source.source : source, signal)),
      resolved,
      {
        ...runDeps,
        detectors: own,
        embedder: typeof embedder === 'object' ? embedder : await embedderNamed(resolved.embedder),
        version: await packageVersion(),
        ...(judge && { judge }),
        ...(command && { command }),
        ...(progress && { progress }),
        ...(signal && { signal }),
        ...(threads && { pool: threads, threads: scanThreads(threads.size) }),
      },
    );
    return { ...steps, resolved };
  } finally {
    await threads?.close();
  }
}

/**
 * Causes by tenant: rates, lifts against the other tenants with the same mix of traffic, and where a cause occurs. Small
 * counts are hidden, so that the result can be shown to people outside.
 *
 * @throws CulpritError what `analyze` throws.
 */
export async function tenants(
  source: TraceInput | TraceReader,
  options: AnalyzeOptions = {},
): Promise<Tenants> {
  const { analysis, detected } = await analyzed(source, options, {
    ledger: { by: 'tenant' },
  });
  const { tenantsIn } = await import('./watch/watch.ts');
  return tenantsIn(analysis, detected.ledger!);
}

/**
 * The traces of one tenant, without anything that depends on the others: `analyze` makes of them what it would make of a
 * file that holds this tenant alone.
 *
 * @throws CulpritError `invalid_option` where there is no such tenant, and what `readTraces` throws.
 */
export async function tenantTraces(
  source: ByteInput | TraceReader,
  tenant: string,
  options: ReadOptions = {},
): Promise<readonly Trace[]> {
  const { aloneTraces } = await import('./watch/watch.ts');
  return aloneTraces(source instanceof TraceReader ? source : readTraces(source, options), tenant);
}

export interface TrendOptions extends AnalyzeOptions {
  /** `promptVersion`, `release`, `model`, `environment`, `day`, `hour`, or a key of the metadata. Default: versions, else days. */
  readonly by?: string;
}

/**
 * Rates of every cause and means of every score by version, or by day or hour with change points and releases.
 *
 * @throws CulpritError what `analyze` throws; `invalid_option` for an attribute that no trace has.
 */
export async function trend(
  source: TraceInput | TraceReader,
  { by, ...options }: TrendOptions = {},
): Promise<Trend> {
  const { attributeName, trendIn } = await import('./watch/watch.ts');
  const ledger = { by: by === undefined ? null : attributeName(by) };
  const { analysis, detected } = await analyzed(source, options, { ledger });
  return trendIn(analysis, detected.ledger!, by ?? null);
}

export interface PromoteOptions extends AnalyzeOptions {
  /** The cause: its id, or its rank. */
  readonly cause: string | number;
  /** Ids of traces that become guards. Default: the most typical failure, the least typical, and one unlike both. */
  readonly pick?: readonly string[];
  /** Suites that are there already; new cases go to the one of this cause. */
  readonly suites?: readonly ReadSuite[];
  /** Gives the functions of `script` checks in these suites. */
  readonly script?: (file: string) => Promise<ScriptCheck>;
  /** Date and name that new cases carry. Default: today, and `culprit promote`. */
  readonly added?: { readonly at: string; readonly by: string };
}

/**
 * Turns a cause into a suite: cases with the checks that tell them from passing traces, each proven on its recorded
 * output. The same traces and options as `analyze` give the same causes. Nothing is written.
 *
 * @throws CulpritError what `analyze` throws; `invalid_option` for a cause or a pick that there is not, and where
 * redaction would destroy what a check depends on.
 */
export async function promote(
  source: TraceInput | TraceReader,
  given: PromoteOptions,
): Promise<Promotion> {
  parseOptions(promoteCodeOptionsSchema, given, asNamed);
  const {
    cause,
    pick = [],
    suites = [],
    script = null,
    added,
    redact,
    redactSalt,
    ...rest
  } = given;
  const mode = redact ?? 'mask';
  const salt = redactSalt ?? null;
  resolveOptions({ redact: mode, redactSalt: salt });
  const redaction: Redaction =
    mode === 'hash' && salt !== null ? { mode, salt } : { mode: mode === 'mask' ? mode : 'off' };
  // What is sent to a model is redacted before; else the whole values prove that redaction destroys nothing.
  const isSent = given.judge !== undefined || typeof given.embedder === 'object';
  const { analysis, detected, categories, resolved } = await analyzed(source, {
    ...rest,
    ...(isSent && { redact: mode, redactSalt: salt }),
  });
  const shown = isSent ? detected : redactor(redaction).detected(detected);
  const redacted = new Map<Trace, Trace>();
  for (const [row, { trace }] of detected.failures.entries())
    redacted.set(trace, shown.failures[row]!.trace);
  for (const [row, trace] of detected.passing.entries()) redacted.set(trace, shown.passing[row]!);
  const { promoteCause } = await import('./verify/verify.ts');
  return promoteCause({
    ...{
      analysis,
      detected,
      categories,
      cause,
      picks: pick,
      redaction: mode,
      policy: resolved.policy,
      suites,
    },
    redact: (trace) => redacted.get(trace)!,
    services: { judge: given.judge ?? null, script },
    added: added ?? { at: new Date().toISOString().slice(0, 10), by: 'culprit promote' },
  });
}

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
  /** With the messages of exemplars of both sides. */
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
  given: DiffOptions,
): Promise<DiffResult> {
  const parsed = parseOptions(diffCodeOptionsSchema, given, asNamed);
  const { by, from, to, against, expectedShare, ...options } = parsed;
  const watch = await import('./watch/watch.ts');
  watch.checkRequest(parsed, isPair(source));
  if (isPair(source)) {
    const pair = await openPair(source, given.signal);
    const run = await analyzed([], options, { ledger: { by: null }, opened: pair.input });
    const sides = watch.sidesOfFiles(run.detected.ledger!, pair.before, pair.after);
    return diffResult(run, watch.compareSides(run, sides, { expectedShare }));
  }
  if (against !== null) {
    const own = new Set([...detectorIds(), ...(given.detectors ?? []).map(({ id }) => id)]);
    const frozen = watch.frozenOptions(against, own, given.policy != null);
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
  const { analysis, resolved } = run;
  const diff = redactor(redactionOf(resolved)).data(found);
  return { diff, analysis, report: withExemplars(run.report, run.detected.failures, diff.causes) };
}

/**
 * Reads traces from files of any known format, plain, gzip or zstd, or from bytes. Each iteration reads anew.
 * @throws CulpritError while iterating: `unreadable_file`, `unknown_format`, `empty_input`, `no_traces`.
 */
export const readTraces = (source: ByteInput, options: ReadOptions = {}): TraceReader =>
  new TraceReader(source, resolveOptions(options).columns);

export interface ReadOptions {
  /** Columns of tables, or keys of rows, that Culprit cannot guess: `{ input: 'question' }`. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** Traces of files or bytes, one after the other. `analyze` takes it too, and reads it with less memory. */
class TraceReader implements AsyncIterable<Trace> {
  readonly source: ByteInput;
  readonly columns: Readonly<Record<string, string>>;

  constructor(source: ByteInput, columns: Readonly<Record<string, string>>) {
    this.source = source;
    this.columns = columns;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Trace, void, undefined> {
    const input = await openInput(this.source);
    if (input.kind === 'traces') return yield* input.traces;
    const { traces } = collect(input.sources, { map: this.columns });
    for await (const batch of traces()) yield* batch;
  }
}

export type { TraceReader };

export interface DetectOptions
  extends Pick<AnalyzeOptions, 'scores' | 'stepBudget' | 'policy' | 'detectors'> {
  /** Facts of the input that the trace comes from, as `analysis.facts` has them. Detectors that need them cannot tell without. */
  readonly file?: FileFacts;
}

/**
 * Signals of every detector about one trace: `yes` with evidence, `no`, or `unknown`.
 * @throws CulpritError `invalid_option`, `invalid_input`.
 */
export function detect(trace: Trace, options: DetectOptions = {}): Signal[] {
  const {
    file = null,
    detectors = [],
    ...given
  } = parseOptions(detectCodeOptionsSchema, options, asNamed);
  const { scores, stepBudget, policy } = resolveOptions(given);
  return detectTrace(
    checkTrace(trace, 'the trace'),
    detectOptions({
      scores,
      stepBudget,
      policy: policy === null ? null : policyFrom(policy, 'policy'),
    }),
    file,
    detectorsFrom(detectors),
  );
}

/**
 * The report as one self-contained HTML page.
 * @throws CulpritError `invalid_input` for anything but the `report` of a result, `not_built` when the page is
 * missing from the installation.
 */
export async function renderReport(report: ReportData): Promise<string> {
  const given: unknown = report;
  if (typeof given !== 'object' || given === null || !('analysis' in given && 'traces' in given))
    throw new CulpritError(
      'invalid_input',
      'this is not a report: pass the report of a result, as in renderReport((await analyze(runs)).report)',
    );
  return fillTemplate(await readBuilt('web/report.html'), report);
}

/**
 * What `diff`, `tenants` or `trend` found, as one self-contained HTML page.
 * @throws CulpritError `invalid_input` for anything else, `not_built` when the page is missing from the installation.
 */
export async function renderChanges(
  found: Pick<DiffResult, 'diff' | 'report'> | Tenants | Trend,
): Promise<string> {
  return fillTemplate(await readBuilt('web/change.html'), changeReport(found));
}

const asNamed = (option: string): string => option;

const scanThreads = (size: number): ScanThreads => ({
  size,
  spawn: () => startThread(scanWorkerModule()),
});

const embedderNamed = (name: string): Promise<Embedder> =>
  embedderOf(name, {
    staticModel: () => readAsset('static-model'),
    transformers: (model) => transformersEmbedder({ model }),
    openai: (model) => {
      throw new CulpritError(
        'invalid_option',
        `embedder openai:${model}: pass openAiEmbedder({ model: '${model}', apiKey }) instead`,
      );
    },
  });
