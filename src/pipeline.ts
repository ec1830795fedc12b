import { type CollectOptions, collect } from './collect/collect.ts';
import type { Analysis } from './contract/analysis.ts';
import type { ByteSource } from './contract/byte-source.ts';
import { type Category, UNEXPLAINED } from './contract/category.ts';
import { CulpritError } from './contract/culprit-error.ts';
import type { Detected } from './contract/detected.ts';
import type { Embedder } from './contract/embedder.ts';
import type { WeightedView } from './contract/failure.ts';
import type { Granularity } from './contract/grouping.ts';
import type { Judge } from './contract/judge.ts';
import type { Progress } from './contract/progress.ts';
import type { ReportData } from './contract/report.ts';
import {
  type DetectionOptions,
  detection,
  type JudgedOptions,
  judged,
  taxonomy,
} from './detect/detect.ts';
import { embedViews, spellViews } from './embed/embed.ts';
import { type GroupDeps, group } from './group/group.ts';
import { causePath, label } from './label/label.ts';
import { formula, rank } from './rank/rank.ts';
import { recordOf } from './report/report.ts';

export interface AnalyzeOptions extends DetectionOptions, JudgedOptions {
  readonly map: NonNullable<CollectOptions['map']>;
  /** Parts of a failure to compare; known causes are grouped by their path when `brief` is among them. */
  readonly views: readonly WeightedView[];
  readonly algorithm: 'hdbscan' | 'kmeans';
  /** Fixed number of clusters for k-means; null chooses it by silhouette. */
  readonly clusters: number | null;
  /** Fewest members of a cluster; null: 1 % of the sample, at least 5 (3 to 5 of less than 50 failures). */
  readonly minClusterSize: number | null;
  /** Severity by category id, over the taxonomy's. */
  readonly severity: Readonly<Record<string, number>>;
  readonly divideByFixCost: boolean;
  /** Which level the record lists; it holds all of them. */
  readonly granularity: Granularity;
}

export interface AnalyzeDeps {
  readonly embedder: Embedder;
  /** Answers the checks; needed when there are any. */
  readonly judge?: Judge;
  /** Version of the tool, kept in the record. */
  readonly version: string;
  readonly progress?: Progress;
  /** Threads for large samples; the same bytes without. */
  readonly pool?: NonNullable<GroupDeps['pool']>;
  readonly signal?: AbortSignal;
}

/**
 * The whole method on files: traces in, ranked root causes out. Deterministic for the same bytes,
 * options and embedder. Rejects with CulpritError: what `collect` throws, `no_failures`, what the embedder and the judge throw.
 */
export async function analyze(
  sources: readonly ByteSource[],
  options: AnalyzeOptions,
  deps: AnalyzeDeps,
): Promise<{ readonly analysis: Analysis; readonly report: ReportData }> {
  const { progress = () => {} } = deps;

  const collection = collect(sources, {
    map: options.map,
    ...(deps.signal && { signal: deps.signal }),
    progress: (bytes, total) => progress('collect', bytes, total),
  });
  const detecting = detection(options);
  for await (const traces of collection.traces()) detecting.add(traces);
  const detected = await checked(detecting.finish(), options, deps);
  const { failures, passing } = detected;
  if (failures.length === 0) throw noFailures(detected.eligible);

  const { vectors, dimensions } = await embedViews(failures, options.views, deps.embedder, {
    ...(deps.signal && { signal: deps.signal }),
    progress: (done, total) => progress('embed', done, total),
  });

  const minClusterSize = options.minClusterSize ?? smallestCluster(failures.length);
  const byCause = options.views.some(({ view }) => view === 'brief');
  const grouping = await group(
    { vectors, dimensions, causes: byCause ? failures.map(causePath) : null },
    {
      algorithm: options.algorithm,
      clusters: options.clusters,
      minClusterSize,
      seed: options.seed,
    },
    { progress, ...(deps.pool && { pool: deps.pool }) },
  );

  const categories = taxonomy(options);
  const labels = label({ failures, grouping, passing, categories, progress });
  const weights = failures.map(({ weight }) => weight);
  const { failed, eligible } = detected;
  const ranked = grouping.levels.map((level) => {
    const clusters = level.clusters.map((each) => ({
      cluster: each,
      weights: each.cluster.members.map((row) => weights[row]!),
      ...worth(labels.get(each.cluster)?.category, categories, options),
    }));
    return rank({ clusters, weights, failed, eligible }, options);
  });

  return recordOf({
    version: deps.version,
    collected: collection.report(),
    detected,
    embedder: deps.embedder.id,
    vectors,
    dimensions,
    options: {
      ...options,
      view: spellViews(options.views),
      minClusterSize,
      policy: options.policy?.record ?? null,
    },
    grouping,
    labels,
    ranked,
    formula: formula(options),
    categories,
  });
}

/** Severity and fix cost of a category; a category that the taxonomy does not have is of medium severity and cost. */
function worth(
  id: string = UNEXPLAINED.id,
  categories: readonly Category[],
  { severity }: Pick<AnalyzeOptions, 'severity'>,
): Pick<Category, 'severity' | 'fixCost'> {
  const category = categories.find((each) => each.id === id);
  return { severity: severity[id] ?? category?.severity ?? 3, fixCost: category?.fixCost ?? 3 };
}

/** What was detected, with the answers of the model to the user's checks. */
async function checked(
  detected: Detected,
  options: JudgedOptions,
  { judge, signal, progress }: AnalyzeDeps,
): Promise<Detected> {
  if (options.checks.length === 0) return detected;
  if (judge === undefined)
    throw new CulpritError('invalid_option', 'checks need a judge that answers them');
  return judged(detected, options, judge, {
    ...(signal && { signal }),
    progress: (done, total) => progress?.('judge', done, total),
  });
}

/** 1 % of the sample and at least 5; of few failures a tenth and at least 3. */
const smallestCluster = (failures: number): number =>
  Math.max(3, Math.min(5, Math.round(failures / 10)), Math.round(failures / 100));

const noFailures = (eligible: number): CulpritError =>
  new CulpritError(
    'no_failures',
    `none of the ${eligible} traces failed by any signal. Say what failure means with --score, for example --score groundedness<0.7, or look at all of them with --all`,
  );
