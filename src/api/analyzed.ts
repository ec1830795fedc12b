import { codeOptionsSchema } from '../contract/code-options.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Embedder } from '../contract/embedder.ts';
import { type Options, parseOptions, resolveOptions } from '../contract/options.ts';
import { detectorsFrom } from '../detect/detect.ts';
import { embedder as embedderOf } from '../embed/embed.ts';
import { transformersEmbedder } from '../llm/embedder/transformers-embedder.ts';
import { type AnalyzeDeps, type Analyzed, analyze as runSteps } from '../pipeline.ts';
import { kernelThreads } from '../platform/kernel-threads.ts';
import { packageVersion, readAsset } from '../platform/package-file.ts';
import { startThread } from '../platform/thread.ts';
import { openInput, type TraceInput } from '../platform/trace-input.ts';
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
