import type { Analysis } from './contract/analysis.ts';
import { type Category, UNEXPLAINED } from './contract/category.ts';
import type { CollectReport } from './contract/collection.ts';
import { CulpritError } from './contract/culprit-error.ts';
import type { Detected } from './contract/detected.ts';
import type { Embedder } from './contract/embedder.ts';
import type { PointCluster } from './contract/grouping.ts';
import type { Judge } from './contract/judge.ts';
import type { Options } from './contract/options.ts';
import type { Progress } from './contract/progress.ts';
import type { ReportData } from './contract/report.ts';
import type { Detector } from './detect/define.ts';
import {
  checksFrom,
  defaultChecks,
  type JudgedOptions,
  judged,
  policyFrom,
  taxonomy,
} from './detect/detect.ts';
import { embedViews, parseViews, spellViews } from './embed/embed.ts';
import { type GroupDeps, group } from './group/group.ts';
import { label } from './label/label.ts';
import { formula, rank } from './rank/rank.ts';
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
  readonly progress?: Progress;
  /** Threads for large files; the same bytes without. */
  readonly threads?: ScanThreads;
  /** Threads for large samples; the same bytes without. */
  readonly pool?: NonNullable<GroupDeps['pool']>;
  readonly signal?: AbortSignal;
}

/**
 * The whole method: traces in, ranked root causes out. Deterministic for the same input, options and
 * embedder. Rejects with CulpritError: what `scan` throws, `invalid_option`, `no_traces` when nothing in them can
 * be judged, `no_failures`, `aborted`, what the embedder and the judge throw.
 */
export async function analyze(
  input: ScanInput,
  options: Options,
  deps: AnalyzeDeps,
): Promise<{ readonly analysis: Analysis; readonly report: ReportData }> {
  const { progress = () => {}, detectors } = deps;
  const { checks: _, ...recorded } = options;
  const views = parseViews(options.view);
  const policy = options.policy === null ? null : policyFrom(options.policy, 'policy');
  const judging = judgingOf(options, deps);
  const categories = taxonomy({ detectors, checks: judging.checks });
  checkSeverities(options.severity, categories);

  const sample = options.sample === 'all' ? Number.MAX_SAFE_INTEGER : options.sample;
  const scanned = await scan(input, { ...options, sample, policy, detectors }, deps);
  const detected = await checked(scanned.detected, judging, deps);
  const { failures, passing } = detected;
  if (detected.eligible === 0) throw nothingToJudge(detected, scanned.collected);
  if (failures.length === 0) throw noFailures(detected);

  const sources = { embedder: deps.embedder, factColumns: detected.population.columns };
  const { vectors, dimensions } = await embedViews(failures, views, sources, {
    ...(deps.signal && { signal: deps.signal }),
    progress: (done, total) => progress('embed', done, total),
  });

  stopIfAborted(deps);
  const minClusterSize = options.minClusterSize ?? smallestCluster(failures.length);
  const named = views.map(({ view }) => view);
  // Facts hold what detectors say, so they take the place of groups by known cause.
  const byCause = named.includes('brief') && !named.includes('facts');
  const grouping = await group(
    {
      vectors,
      dimensions,
      causes: byCause
        ? failures.map(({ cause }) => (cause === null ? null : causePath(cause)))
        : null,
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
      seed: options.seed,
    },
    { progress, ...(deps.pool && { pool: deps.pool }) },
  );

  stopIfAborted(deps);
  const labels = label({ failures, grouping, passing, categories, progress });
  stopIfAborted(deps);
  const weights = failures.map(({ weight }) => weight);
  const { failed, eligible } = detected;
  const ranked = grouping.levels.map((level) => {
    const clusters = level.clusters.map((each) => ({
      cluster: each,
      weights: each.cluster.members.map((row) => weights[row]!),
      ...worth(labels.get(each.cluster)?.category, categories, options),
      ...placeOf(each.cluster),
    }));
    return rank({ clusters, weights, failed, eligible }, options);
  });

  return recordOf({
    version: deps.version,
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
  });
}

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

/** Leftovers have no rank. A cause comes first only if something proves it; so may any cluster of similar texts. */
const placeOf = ({ cause, leftover }: PointCluster) => ({
  isRanked: leftover === null,
  mayLead: cause?.mayLead ?? leftover === null,
  place: cause?.place ?? null,
  key: cause?.state === 'detector' ? (cause.condition.atoms[0]?.fact.key ?? null) : null,
});

/** 1% of the sample and at least 5; of few failures a tenth and at least 3. */
const smallestCluster = (failures: number): number =>
  Math.max(3, Math.min(5, Math.round(failures / 10)), Math.round(failures / 100));

function nothingToJudge({ traces }: Detected, { files }: CollectReport): CulpritError {
  const seen = files.map(({ name, formats }) =>
    formats.length === 0 ? name : `${name} (${formats.join(', ')})`,
  );
  return new CulpritError(
    'no_traces',
    `nothing in ${plural(traces, 'trace')} of ${seen.join(', ')} can be judged: none has an input, an output, a message or an error. If the texts are in other columns, name them with the option columns (--map input=COLUMN,output=COLUMN)`,
  );
}

function noFailures({ eligible, detectors }: Detected): CulpritError {
  const broken = detectors.find(({ errors }) => errors > 0);
  const why =
    broken === undefined
      ? ''
      : `. The detector ${broken.id} failed on ${plural(broken.errors, 'trace')}; first: ${broken.firstError}`;
  return new CulpritError(
    'no_failures',
    `none of the ${plural(eligible, 'trace')} failed by any signal. Say what a failure is with the option scores (--score), for example groundedness<0.7, or look at all traces with the option all (--all)${why}`,
  );
}
