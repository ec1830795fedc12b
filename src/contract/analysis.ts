import * as z from 'zod';
import { GRANULARITIES } from './grouping.ts';

/** Version of the JSON written by `culprit analyze --json`. Grows when a field changes meaning or goes. */
export const ANALYSIS_VERSION = 1;

const interval: z.ZodReadonly<z.ZodTuple<[z.ZodNumber, z.ZodNumber]>> = z
  .tuple([z.number(), z.number()])
  .readonly();

const layerSchema = z.enum([
  'prompt',
  'tool',
  'retrieval',
  'model',
  'evaluation',
  'orchestration',
  'platform',
]);

const evidenceSchema = z.object({
  spanId: z.string().nullable(),
  path: z.string().describe('JSON Pointer into the canonical trace'),
  quote: z.string().describe('verbatim text found at path'),
});

export const signalSchema = z.object({
  detector: z.string(),
  verdict: z.enum(['yes', 'no', 'unknown']),
  category: z.string().nullable(),
  confidence: z.number(),
  spanId: z.string().nullable(),
  summary: z.string(),
  fingerprint: z.string(),
  evidence: z.array(evidenceSchema),
});

const stageSchema = z.object({
  name: z.enum(['received', 'eligible', 'failed', 'sampled', 'embedded', 'clustered', 'labelled']),
  count: z.number(),
  dropped: z
    .array(z.object({ reason: z.string(), count: z.number() }))
    .describe('why the rest of the stage before is not here'),
});

const qualitySchema = z.object({
  persistence: z.number().nullable().describe('HDBSCAN stability relative to its life, 0 to 1'),
  membership: z.number().describe('mean membership probability'),
  silhouette: z
    .number()
    .nullable()
    .describe('nearness to its own against the nearest other cluster, -1 to 1; null when alone'),
  stability: z
    .number()
    .nullable()
    .describe(
      'mean Jaccard overlap when 80% are drawn again; 0.75 and more is stable, under 0.6 not firm; null above 5,000 failures',
    ),
  nearest: z.string().nullable().describe('id of the nearest other cluster'),
});

const clusterSchema = z.object({
  id: z.string().describe('`c-` and 8 hex digits; the same cause keeps it from run to run'),
  rank: z.number().int().describe('1 is first'),
  label: z.string().describe('proposed root cause'),
  category: z.string().describe('id in the taxonomy, or unexplained'),
  layer: layerSchema.describe('where the fix goes'),
  size: z.number().int().describe('failures of the sample in this cluster'),
  population: z.number().describe('estimated failures in the whole input'),
  share: z.number().describe('estimated share of all failures'),
  shareInterval: interval.describe('95% Wilson interval of share'),
  ratePerThousand: z.number().describe('failures of this cause per 1,000 traces'),
  rateInterval: interval.describe('shareInterval as a rate'),
  severity: z.number().describe("1 to 5, the category's or that of --severity"),
  fixCost: z.number().describe("points, the category's"),
  priority: z.number().describe('by formula; decides the rank'),
  topThree: z.number().describe('probability that it is among the first three'),
  fingerprint: z
    .string()
    .nullable()
    .describe('the shared fingerprint, when one covers most members'),
  because: z.array(z.string()).describe('why these failures are one cluster, sentences'),
  terms: z
    .array(z.object({ term: z.string(), score: z.number().describe('log-odds against the rest') }))
    .describe('distinctive words and pairs, strongest first'),
  exemplars: z.array(z.string()).describe('trace ids nearest the centre first'),
  evidence: z
    .array(evidenceSchema.extend({ traceId: z.string() }))
    .describe('the first quote of each exemplar'),
  quality: qualitySchema,
});

const levelSchema = z.object({
  granularity: z.enum(GRANULARITIES),
  clusters: z
    .array(
      z.object({
        id: z.string(),
        topThree: z.number(),
        silhouette: z.number().nullable(),
        nearest: z.string().nullable(),
      }),
    )
    .describe('in order of rank; what of a cluster depends on the others of the level'),
  of: z
    .array(z.number().int())
    .describe(
      'per failure: position in clusters; -1 noise, too few like it; -2 noise, between clusters; -3 no text in this view',
    ),
  membership: z.array(z.number()).describe('per failure; 0 for noise'),
});

const failureSchema = z.object({
  traceId: z.string(),
  cluster: z.string().nullable().describe('null: noise'),
  noise: z.string().nullable().describe('why it is noise'),
  category: z.string().nullable(),
  labels: z.array(z.string()).describe('every detector that said yes'),
  membership: z.number(),
  weight: z.number().describe('failed traces of the input it stands for'),
  map: interval.describe('position on the 2-D map'),
  rootSpanId: z.string().nullable(),
  input: z.string().describe('first 200 characters'),
  tenant: z.string().nullable(),
  promptVersion: z.string().nullable(),
  signals: z.array(signalSchema),
});

const judgingSchema = z.object({
  judge: z.string().describe('model and address'),
  checks: z.array(
    z.object({
      name: z.string(),
      text: z.string(),
      category: z.string(),
      severity: z.number(),
      layer: layerSchema,
      fixCost: z.number(),
    }),
  ),
  scope: z.enum(['all', 'unexplained']).describe('which failures it was asked about'),
  failures: z.number().describe('sampled failures it was asked about'),
  passing: z.number().describe('traces without a signal it was asked about'),
  found: z.number().describe('of those, how many it found to have failed'),
  unanswered: z.number().describe('answers that were missing or not usable'),
  inputTokens: z.number().nullable().describe('of all answers, whenever they were asked for'),
  outputTokens: z.number().nullable(),
  cost: z.number().nullable().describe('US dollars'),
});

const fileSchema = z.object({
  name: z.string(),
  formats: z.array(z.string()),
  bytes: z.number(),
  records: z.number(),
  broken: z.number(),
  traces: z.number(),
  modelCalls: z.number(),
  toolCalls: z.number(),
  documents: z.number(),
  scores: z.number(),
  errors: z.number(),
});

/** What `culprit analyze --json` prints: documented in docs/json.md, JSON Schema by `culprit schema`. */
export const analysisSchema = z.object({
  version: z.literal(ANALYSIS_VERSION),
  culprit: z.string().describe('version of the tool'),
  files: z.array(fileSchema),
  problems: z.array(
    z.object({
      file: z.string(),
      line: z.number().nullable(),
      code: z.string(),
      message: z.string(),
    }),
  ),
  problemCount: z.number(),
  funnel: z.array(stageSchema),
  gaps: z.array(z.object({ kind: z.string(), count: z.number() })),
  detectors: z.array(
    z.object({
      id: z.string(),
      yes: z.number(),
      no: z.number(),
      unknown: z.number(),
      unverified: z.number().describe('claims dropped because their quote is not in the trace'),
      errors: z.number().describe('traces on which it failed; they count as unknown too'),
      firstError: z.string().nullable(),
    }),
  ),
  judging: judgingSchema.nullable().describe('checks in plain language; null without'),
  options: z.object({
    sample: z.number(),
    seed: z.number(),
    view: z.string().describe('as --view takes it: brief, or brief=0.7,output=0.3'),
    embedder: z.string(),
    algorithm: z.enum(['hdbscan', 'kmeans']),
    minClusterSize: z.number(),
    granularity: z.enum(GRANULARITIES),
    all: z.boolean(),
    scores: z.array(z.string()),
    severity: z.record(z.string(), z.number()),
    divideByFixCost: z.boolean(),
    policy: z
      .object({
        replace: z.boolean(),
        categories: z.array(z.string()).readonly(),
        without: z.array(z.string()).readonly(),
        allow: z.array(z.string()).readonly(),
      })
      .nullable()
      .describe("what a user's policy changed in the starter list"),
  }),
  formula: z.string(),
  clusters: z.array(clusterSchema).describe('of the level asked for, in order of rank'),
  otherClusters: z
    .array(clusterSchema)
    .describe(
      'those of other levels alone; rank, topThree, silhouette and nearest are those at the level nearest to medium',
    ),
  level: z.number().int().describe('position in levels of the one that clusters and failures show'),
  levels: z
    .array(levelSchema)
    .describe(
      'coarse to fine; one of as many clusters, within a twentieth, as the next nearer to medium is left out',
    ),
  failures: z.array(failureSchema),
});

export type Analysis = z.infer<typeof analysisSchema>;
export type Judging = z.infer<typeof judgingSchema>;
/** A proposed root cause: what it is, how much of the failures it explains, what it is worth, why it is believed. */
export type Cluster = Analysis['clusters'][number];
/** One failure of the sample: its signals, its cluster, its place on the map. */
export type AnalysedFailure = Analysis['failures'][number];
/** How many traces reached a stage, and why the rest of the stage before did not. */
export type FunnelStage = Analysis['funnel'][number];
/** How far a cluster is to be trusted. */
export type ClusterQuality = Cluster['quality'];
