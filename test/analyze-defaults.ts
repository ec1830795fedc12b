import { DEFAULT_VIEWS, parseViews } from '../src/embed/embed.ts';
import { staticEmbedder } from '../src/embed/static/static-embedder.ts';
import type { AnalyzeDeps, AnalyzeOptions } from '../src/pipeline.ts';
import { readAsset } from '../src/platform/package-file.ts';

/** What the command line uses when no option is given. */
export const analyzeOptions = (options: Partial<AnalyzeOptions> = {}): AnalyzeOptions => ({
  scores: [],
  stepBudget: 50,
  sample: 1000,
  seed: 42,
  all: false,
  detectors: [],
  policy: null,
  checks: [],
  judgeScope: 'all',
  judgeFailures: 1000,
  judgePassing: 0,
  map: {},
  views: parseViews(DEFAULT_VIEWS),
  algorithm: 'hdbscan',
  clusters: null,
  minClusterSize: null,
  severity: {},
  divideByFixCost: false,
  granularity: 'medium',
  ...options,
});

export const analyzeDeps = async (): Promise<AnalyzeDeps> => ({
  embedder: staticEmbedder(await readAsset('static-model')),
  version: '0.0.0',
});
