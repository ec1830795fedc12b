import type { Analysis } from './contract/analysis.ts';
import type { Category } from './contract/category.ts';
import type { CollectReport } from './contract/collection.ts';
import { CulpritError } from './contract/culprit-error.ts';
import type { Detected } from './contract/detected.ts';
import type { Embedder } from './contract/embedder.ts';
import { NO_FACTS } from './contract/fact-rows.ts';
import type { Failure } from './contract/failure.ts';
import type { FileFacts } from './contract/file-facts.ts';
import type { ApartCauses, IdentifiedCause, StandingCause } from './contract/frozen-model.ts';
import type { GivenCommandRecord } from './contract/given-command.ts';
import type { PointCluster } from './contract/grouping.ts';
import type { Judge } from './contract/judge.ts';
import type { Ledger } from './contract/ledger.ts';
import type { Options } from './contract/options.ts';
import type { Progress } from './contract/progress.ts';
import type { Redaction } from './contract/redaction.ts';
import type { ReportData } from './contract/report.ts';
import type { Trace } from './contract/trace.ts';
import { UNEXPLAINED } from './contract/unexplained.ts';
import type { Detector } from './detect/define.ts';
import {
  checksFrom,
  defaultChecks,
  type JudgedOptions,
  judged,
  policyFrom,
  ruleError,
  taxonomy,
} from './detect/detect.ts';
import { embedViews, parseViews, spellViews } from './embed/embed.ts';
import { type GroupDeps, group } from './group/group.ts';
import { label } from './label/label.ts';
import { formula, rank } from './rank/rank.ts';
import { redactor } from './redact/redact.ts';
import { recordOf } from './report/report.ts';
import { type ScanInput, type ScanThreads, scan } from './scan/scan.ts';
import { causePath } from './text/cause.ts';
import { plural } from './text/format.ts';

export interface AnalyzeDeps {
  readonly embedder: Embedder;
  /** Detectors of the user, run after the built-in ones. */
  readonly detectors: readonly Detector[];
  /** Answers the checks; without checks it looks for causes of failures that have none. */
  readonly judge?: Judge;
  /** Version of the tool, kept in the record. */
  readonly version: string;
  /** How it was called, kept in the record. */
  readonly command?: GivenCommandRecord;
  readonly progress?: Progress;
  /** Threads for large files; the same bytes without. */
  readonly threads?: ScanThreads;
  /** Threads for large samples; the same bytes without. */
  readonly pool?: NonNullable<GroupDeps['pool']>;
  readonly signal?: AbortSignal;
  /** Keeps a row for every trace (`Detected.ledger`), to compare groups of traces by this attribute. */
  readonly ledger?: LedgerDeps;
  /** Facts of an earlier input, by which this one is read. Default: its own. */
  readonly frozen?: FileFacts;
  /** Causes of the analysis before, whose ids are kept. Default: none. */
  readonly earlier?: readonly IdentifiedCause[];
  /** Pairs of causes that stay two: no cluster holds failures of both. Default: none. */
  readonly apart?: readonly ApartCauses[];
  /** Causes of the analysis before in order of rank; those that are settled stay as they are. Default: none. */
  readonly standing?: readonly StandingCause[];
}

interface LedgerDeps {
  readonly by: string | null;
  /** Is given it before the slow steps, so that it can throw where there is nothing to compare. */
  readonly onLedger?: (ledger: Ledger) => void;
}

/** The record of a run, what the page shows, and what both were made from. */
export interface Analyzed {
  readonly analysis: Analysis;
  readonly report: ReportData;
  /** What tells whether a later analysis has the same causes. */
  readonly identities: readonly IdentifiedCause[];
  readonly detected: Detected;
  readonly categories: readonly Category[];
}

/**
 * The whole method: traces in, ranked root causes out. Deterministic for the same input, options and
 * embedder. Rejects with CulpritError: what `scan` throws, `invalid_option`, `no_traces` when nothing in them can
 * be judged, `aborted`, what the embedder and the judge throw.
 */
export async function analyze(
  input: ScanInput,
  options: Options,
  deps: AnalyzeDeps,
): Promise<Analyzed> {
  const { progress = () => {}, detectors } = deps;
  const { checks: _, redactSalt: __, ...recorded } = options;
  const redact = redactor(redactionOf(options));
  const views = parseViews(options.view);
  const policy = options.policy === null ? null : policyFrom(options.policy, 'policy');
  const judging = judgingOf(options, deps);
  const categories = taxonomy({ detectors, checks: judging.checks });
  checkSeverities(options.severity, categories);

  const sample = options.sample === 'all' ? Number.MAX_SAFE_INTEGER : options.sample;
  const ledger = deps.ledger ?? null;
  const scanned = await scan(
    input,
    { ...options, sample, policy, detectors, ledger: ledger && { by: ledger.by } },
    deps,
  );
  const found = redact.detected(scanned.detected);
  if (found.ledger !== null) ledger?.onLedger?.(found.ledger);
  const unmatched = ruleError(found);
  if (found.eligible > 0 && unmatched !== null) throw unmatched;
  const detected = await checked(found, judging, deps);
  const { failures, passing } = detected;
  if (detected.eligible === 0) throw nothingToJudge(detected, scanned.collected);

  const isMapped = deps.embedder.heedsFitted && !options.all && failures.length > 0;
  const beside = isMapped ? passing.slice(0, MAPPED) : [];
  const all = [...failures, ...beside.map(asFailure)];
  const sources = { embedder: deps.embedder, factColumns: detected.population.columns };
  const embedding = await embedViews(all, views, sources, {
    ...(deps.signal && { signal: deps.signal }),
    fitted: failures.length,
    progress: (done, total) => progress('embed', done, total),
  });
  const { dimensions } = embedding;
  const vectors = embedding.vectors.subarray(0, failures.length * dimensions);

  stopIfAborted(deps);
  const minClusterSize = options.minClusterSize ?? smallestCluster(failures.length);
  const named = views.map(({ view }) => view);
  // Facts hold what detectors say, so they take the place of groups by known cause.
  const byCause = named.includes('brief') && !named.includes('facts');
  const grouping = await group(
    {
      vectors,
      dimensions,
      passing: embedding.vectors.subarray(vectors.length),
      causes: byCause
        ? failures.map(({ cause }) => (cause === null ? null : causePath(cause)))
        : null,
      ...(deps.apart && { apart: deps.apart }),
      ...(deps.standing && { standing: deps.standing }),
      facts: {
        rows: failures.map(({ trace, facts }) => ({ ...facts, id: trace.id })),
        weights: failures.map(({ weight }) => weight),
        claimed: failures.map(({ cause }) => cause?.tier === 'claimed'),
        categories: failures.map(({ cause }) => cause?.category ?? null),
        severityOf: (category) => worth(category ?? undefined, categories, options).severity,
        population: detected.population,
        eligible: detected.eligible,
        compare: !options.all && options.algorithm === 'hdbscan',
      },
    },
    {
      algorithm: options.algorithm,
      clusters: options.clusters,
      minClusterSize,
      projection: options.projection,
      seed: options.seed,
    },
    { progress, ...(deps.pool && { pool: deps.pool }) },
  );

  stopIfAborted(deps);
  const labels = label({
    failures,
    grouping,
    passing,
    categories: options.all ? categories.map(groupName) : categories,
    progress,
    all: options.all,
  });
  stopIfAborted(deps);
  const weights = failures.map(({ weight }) => weight);
  const { sampledFrom, eligible } = detected;
  const ranked = grouping.levels.map((level) => {
    const clusters = level.clusters.map((each) => ({
      cluster: each,
      weights: each.cluster.members.map((row) => weights[row]!),
      ...(options.all
        ? { severity: null, fixCost: null, failed: failedOf(each.cluster, failures) }
        : worth(labels.get(each.cluster)?.category, categories, options)),
      ...placeOf(each.cluster),
      isRanked: options.all || isProven(each.cluster, failures),
    }));
    return rank({ clusters, weights, sampledFrom, eligible }, options);
  });

  const record = recordOf({
    version: deps.version,
    command: deps.command ?? null,
    redact: redact.data,
    collected: scanned.collected,
    facts: scanned.facts,
    detected,
    vectors,
    dimensions,
    options: {
      ...recorded,
      view: spellViews(views),
      embedder: deps.embedder.id,
      minClusterSize,
      policy: policy?.record ?? null,
    },
    grouping,
    labels,
    ranked,
    formula: formula(options),
    categories,
    ...(deps.earlier && { earlier: deps.earlier }),
  });
  return { ...record, detected, categories };
}

/** How the options ask for values to be replaced. */
export const redactionOf = ({
  redact: mode,
  redactSalt,
}: Pick<Options, 'redact' | 'redactSalt'>): Redaction =>
  mode === 'hash' ? { mode, salt: redactSalt ?? '' } : { mode };

/** Passing traces on the map. */
const MAPPED = 300;

/** A passing trace, to embed as failures are. */
const asFailure = (trace: Trace): Failure => ({
  trace,
  signals: [],
  cause: null,
  facts: NO_FACTS,
  rootSpanId: null,
  weight: 1,
  failed: false,
});

/** Among all traces, those without a known cause did not fail. */
const groupName = (category: Category): Category =>
  category.id === UNEXPLAINED.id ? { ...category, name: 'Similar traces' } : category;

/** How many traces of the input the failed members of a cluster stand for. */
const failedOf = ({ members }: PointCluster, failures: Detected['failures']): number =>
  members.reduce((sum, row) => sum + (failures[row]!.failed ? failures[row]!.weight : 0), 0);

/** Between steps. Throws `aborted`. */
function stopIfAborted({ signal }: AnalyzeDeps): void {
  if (signal?.aborted)
    throw new CulpritError('aborted', 'the analysis was stopped', { cause: signal.reason });
}

/** Which checks the judge is asked; without any, the starter checks about failures of unknown cause. */
function judgingOf(options: Options, { judge, detectors }: AnalyzeDeps): JudgedOptions {
  const { judgeFailures, judgePassing } = options;
  const checks = checksFrom(
    options.checks,
    detectors.map(({ id }) => id),
  );
  if (judge === undefined && checks.length > 0)
    throw new CulpritError('invalid_option', 'checks need a judge that answers them');
  return judge !== undefined && checks.length === 0
    ? { checks: defaultChecks(), judgeScope: 'unexplained', judgeFailures, judgePassing }
    : { checks, judgeScope: 'all', judgeFailures, judgePassing };
}

/** A severity of a category that nothing can have is a spelling mistake. */
function checkSeverities(severity: Options['severity'], categories: readonly Category[]): void {
  const known = categories.map(({ id }) => id);
  const unknown = Object.keys(severity).find((id) => !known.includes(id));
  if (unknown === undefined) return;
  throw new CulpritError(
    'invalid_option',
    `severity: there is no category ${unknown}; choose from ${known.join(', ')}`,
    { option: 'severity' },
  );
}

/** What was detected, with the judge's answers to the checks. */
async function checked(
  detected: Detected,
  judging: JudgedOptions,
  { judge, signal, progress }: AnalyzeDeps,
): Promise<Detected> {
  if (judge === undefined) return detected;
  return judged(detected, judging, judge, {
    ...(signal && { signal }),
    progress: (done, total) => progress?.('judge', done, total),
  });
}

/** Severity and fix cost of a category; a category that the taxonomy does not have is of medium severity and cost. */
function worth(
  id: string = UNEXPLAINED.id,
  categories: readonly Category[],
  { severity }: Pick<Options, 'severity'>,
): Pick<Category, 'severity' | 'fixCost'> {
  const category = categories.find((each) => each.id === id);
  return { severity: severity[id] ?? category?.severity ?? 3, fixCost: category?.fixCost ?? 3 };
}

/** Nine in ten members share what a cluster of similar texts is taken for. */
const COHERENT = 0.9;

/** A cause has a rank if a condition names it, or if similar failures share a category; leftovers have none. */
function isProven(
  { cause, leftover, members }: PointCluster,
  failures: readonly Failure[],
): boolean {
  if (cause !== null || leftover !== null) return leftover === null;
  const categories = members.map((row) => failures[row]!.cause?.category ?? null);
  for (const [category, of] of Map.groupBy(categories, (each) => each))
    if (category !== null && of.length >= COHERENT * members.length) return true;
  return false;
}

/** A cause comes first only if something proves it; so may any cluster of similar texts. */
const placeOf = ({ cause, leftover }: PointCluster) => ({
  mayLead: cause?.mayLead ?? leftover === null,
  place: cause?.place ?? null,
  key: cause?.state === 'detector' ? (cause.condition.atoms[0]?.fact.key ?? null) : null,
});

/** 1% of the sample and at least 5; of few failures a tenth and at least 3. */
const smallestCluster = (failures: number): number =>
  Math.max(3, Math.min(5, Math.round(failures / 10)), Math.round(failures / 100));

function nothingToJudge(
  { traces }: Detected,
  { files, problems, recorders }: CollectReport,
): CulpritError {
  const seen = files.map(({ name, formats }) =>
    formats.length === 0 ? name : `${name} (${formats.join(', ')})`,
  );
  const silent = problems.find(({ code }) => code === 'no_messages');
  return new CulpritError(
    'no_traces',
    silent === undefined
      ? `nothing in ${plural(traces, 'trace')} of ${seen.join(', ')} can be judged: none has an input, an output, a message or an error. If the texts are in other columns, name them with the option columns (--map input=COLUMN,output=COLUMN)`
      : `0 traces with a text read from ${seen.join(', ')}: ${silent.message}${howToRecord(recorders)}`,
  );
}

/** The line that makes the SDK of silent traces record what was asked. */
function howToRecord([recorder]: CollectReport['recorders']): string {
  const input = recorder?.checklist.find(({ item }) => item === 'input');
  const line = input?.lines[0];
  return recorder === undefined || line === undefined
    ? ''
    : `. To record them with ${recorder.name}: ${line.code}`;
}
