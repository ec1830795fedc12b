import type { Analysis } from '../contract/analysis.ts';
import type { Cluster } from '../contract/cluster.ts';
import { codeOptionsSchema } from '../contract/code-options.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Embedder } from '../contract/embedder.ts';
import { type Options, parseOptions, resolveOptions } from '../contract/options.ts';
import type { Proposer } from '../contract/proposer.ts';
import { detectorsFrom } from '../detect/detect.ts';
import { embedder as embedderOf } from '../embed/embed.ts';
import { transformersEmbedder } from '../llm/embedder/transformers-embedder.ts';
import { type AnalyzeDeps, type Analyzed, analyze as runSteps } from '../pipeline.ts';
import { kernelThreads } from '../platform/kernel-threads.ts';
import { packageVersion, readAsset } from '../platform/package-file.ts';
import { startThread } from '../platform/thread.ts';
import { openInput, type TraceInput } from '../platform/trace-input.ts';
import type { narratives } from '../propose/propose.ts';
import { type ScanInput, type ScanThreads, scanWorkerModule } from '../scan/scan.ts';
import type { AnalyzeOptions } from './analyze-options.ts';
import { asNamed } from './as-named.ts';
import { TraceReader } from './read-traces.ts';

/** What a run needs beside the options of an analysis. */
type RunDeps = Pick<AnalyzeDeps, 'ledger' | 'frozen'>;

/** As `analyze`, with what the record was made from. `opened`: the input, where it is open already. */
export async function analyzed(
  source: TraceInput | TraceReader,
  options: AnalyzeOptions,
  deps: RunDeps & { readonly opened?: ScanInput } = {},
): Promise<Analyzed & { readonly resolved: Options }> {
  const { opened, ...runDeps } = deps;
  const {
    detectors = [],
    embedder,
    judge,
    labelModel,
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
    const told =
      labelModel === undefined
        ? steps
        : await withNarratives(steps, labelModel, {
            ...(signal && { signal }),
            progress: (done, total) => progress?.('label', done, total),
          });
    return { ...told, resolved };
  } finally {
    await threads?.close();
  }
}

/** Causes that a label model is asked about: the first by rank. */
const NARRATED = 10;

/** The same with what a model says of the first causes. */
async function withNarratives(
  steps: Analyzed,
  labelModel: Proposer,
  options: Parameters<typeof narratives>[2],
): Promise<Analyzed> {
  const { analysis, report, detected, categories } = steps;
  const propose = await import('../propose/propose.ts');
  const { narratives: found, narrating } = await propose.narratives(
    {
      clusters: analysis.clusters.filter(({ rank }) => rank !== null).slice(0, NARRATED),
      ...{ failures: detected.failures, passing: detected.passing },
      ...{ pairs: report.pairs, categories },
    },
    labelModel,
    options,
  );
  const told = (cluster: Cluster): Cluster => {
    const narrative = found.get(cluster.id);
    return narrative === undefined ? cluster : { ...cluster, narrative };
  };
  const whole: Analysis = { ...analysis, clusters: analysis.clusters.map(told), narrating };
  return { ...steps, analysis: whole, report: { ...report, analysis: whole } };
}

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
