import { type Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import { GRANULARITIES } from '../contract/grouping.ts';
import { DEFAULT_EMBEDDER, DEFAULT_VIEWS, parseViews } from '../embed/embed.ts';
import type { AnalyzeOptions } from '../pipeline.ts';

/** Adds the options that `analyze` and `demo` share. */
export const withAnalyzeOptions = (command: Command): Command =>
  command
    .optionsGroup('What is a failure:')
    .option(
      '--score <rule>',
      'fail traces by a score, e.g. "groundedness<0.7" (repeatable)',
      collected,
      [],
    )
    .option(
      '--step-budget <steps>',
      'more model and tool steps than this is a loop',
      wholeNumber,
      50,
    )
    .option(
      '--detector <file>',
      'a module whose default export is a detector of yours (repeatable)',
      collected,
      [],
    )
    .option('--policy <file>', 'JSON: what the assistant must not help with, and what it may')
    .option('--all', 'analyse every trace, failed or not', false)
    .optionsGroup('What a model looks for:')
    .option(
      '--check <sentence>',
      'a failure in plain language, e.g. "The answer promises a refund without calling refund_order" (repeatable)',
      collected,
      [],
    )
    .option('--checks <file>', 'more of them, in JSON or one a line')
    .option(
      '--judge <spec>',
      'the model that answers, openai:<model>; without --check it names causes of unexplained failures',
    )
    .option(
      '--judge-failures <n>',
      'sampled failures it is asked about, at most',
      wholeNumber,
      1000,
    )
    .option('--judge-passing <n>', 'traces without a signal it is asked about', wholeNumber, 0)
    .option('--judge-price <in/out>', 'US dollars per million tokens, e.g. 0.15/0.60', price)
    .optionsGroup('What is compared:')
    .option('--sample <n>', 'failures to cluster, or "all"', sampleSize, 1000)
    .option('--seed <n>', 'same seed, same result', wholeNumber, 42)
    .option(
      '--view <views>',
      'what of a failure is compared: brief, structure, input, output, both; several with weights',
      DEFAULT_VIEWS,
    )
    .option(
      '--embedder <spec>',
      'static, lexical, openai:<model> or transformers:<model>',
      DEFAULT_EMBEDDER,
    )
    .option('--base-url <url>', 'of an OpenAI-compatible endpoint')
    .addOption(
      new Option('--algorithm <name>', 'how clusters are found')
        .choices(['hdbscan', 'kmeans'])
        .default('hdbscan'),
    )
    .option(
      '--clusters <k>',
      'number of clusters, with kmeans (default: by silhouette)',
      wholeNumber,
    )
    .option(
      '--min-cluster-size <n>',
      'fewest failures in a cluster (default: 1% of the sample, at least 5; 3 to 5 of less than 50 failures)',
      wholeNumber,
    )
    .optionsGroup('What comes first:')
    .option('--severity <category=1..5>', 'severity of a category (repeatable)', severity, {})
    .option('--fix-cost', 'divide priority by fix cost', false)
    .addOption(
      new Option('--granularity <level>', 'how broad the causes are that are listed')
        .choices(GRANULARITIES)
        .default('medium'),
    )
    .optionsGroup('What is written:')
    .option('--json', 'print the analysis as JSON on stdout, and nothing else there', false)
    .option('--out <file>', 'HTML report (default: culprit-report.html, none with --json)')
    .option('--no-out', 'write no report')
    .option('--top <n>', 'causes shown in the terminal', wholeNumber, 10);

const flags = z.object({
  score: z.array(z.string()),
  stepBudget: z.number().min(2),
  detector: z.array(z.string()),
  policy: z.string().optional(),
  all: z.boolean(),
  check: z.array(z.string()),
  checks: z.string().optional(),
  judge: z.string().optional(),
  judgeFailures: z.number(),
  judgePassing: z.number(),
  judgePrice: z.object({ input: z.number(), output: z.number() }).optional(),
  sample: z.number().min(1),
  seed: z.number(),
  view: z.string(),
  embedder: z.string(),
  baseUrl: z.string().optional(),
  algorithm: z.enum(['hdbscan', 'kmeans']),
  clusters: z.number().min(1).optional(),
  minClusterSize: z.number().min(2).optional(),
  severity: z.record(z.string(), z.number()),
  fixCost: z.boolean(),
  granularity: z.enum(GRANULARITIES),
  json: z.boolean(),
  out: z.union([z.string(), z.boolean()]).optional(),
  top: z.number().min(1),
  map: z.record(z.string(), z.string()).optional(),
});

export type Flags = z.infer<typeof flags>;

/** @throws CulpritError `invalid_option` naming the option. */
export function parseFlags(raw: unknown): Flags {
  const parsed = flags.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CulpritError(
    'invalid_option',
    `--${String(issue?.path[0] ?? 'option').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${issue?.message}`,
    { cause: parsed.error },
  );
}

export const toAnalyzeOptions = (
  options: Flags,
  own: Pick<AnalyzeOptions, 'detectors' | 'policy' | 'checks' | 'judgeScope'>,
): AnalyzeOptions => ({
  scores: options.score,
  stepBudget: options.stepBudget,
  sample: options.sample,
  seed: options.seed,
  all: options.all,
  detectors: own.detectors,
  policy: own.policy,
  checks: own.checks,
  judgeScope: own.judgeScope,
  judgeFailures: options.judgeFailures,
  judgePassing: options.judgePassing,
  map: options.map ?? {},
  views: parseViews(options.view),
  algorithm: options.algorithm,
  clusters: options.clusters ?? null,
  minClusterSize: options.minClusterSize ?? null,
  severity: options.severity,
  divideByFixCost: options.fixCost,
  granularity: options.granularity,
});

/** `input=question,output=answer`: what a role is called in the file. The roles are checked by the reader. */
export function columnMap(value: string): Record<string, string> {
  const pairs = value.split(',').map((pair) => pair.split('='));
  if (pairs.some(([role, column]) => !role || !column))
    throw new InvalidArgumentError('Give role=column pairs, e.g. input=question,output=answer.');
  return Object.fromEntries(pairs.map(([role, ...column]) => [role, column.join('=')]));
}

function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function wholeNumber(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError('Give a whole number.');
  return Number(value);
}

function sampleSize(value: string): number {
  return value === 'all' ? Number.MAX_SAFE_INTEGER : wholeNumber(value);
}

function price(value: string): { input: number; output: number } {
  const match = /^(\d{1,6}(?:\.\d{1,6})?)\/(\d{1,6}(?:\.\d{1,6})?)$/.exec(value);
  if (match === null) throw new InvalidArgumentError('Give two prices, e.g. 0.15/0.60.');
  return { input: Number(match[1]), output: Number(match[2]) };
}

function severity(value: string, before: Readonly<Record<string, number>>): Record<string, number> {
  const match = /^([a-z0-9_]{1,60})=([1-5](?:\.\d)?)$/.exec(value);
  if (match === null) throw new InvalidArgumentError('Give category=1..5, e.g. agent_loop=4.');
  return { ...before, [match[1]!]: Number(match[2]) };
}
