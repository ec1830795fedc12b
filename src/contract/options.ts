import * as z from 'zod';
import { checkInputSchema } from './check.ts';
import { commandLine } from './command-line.ts';
import { CulpritError } from './culprit-error.ts';
import { GRANULARITIES, PROJECTIONS } from './grouping.ts';
import { plainIssue } from './plain-issue.ts';
import { policyInputSchema, policyRecordSchema } from './policy.ts';
import { REDACTIONS } from './redaction.ts';
import { traceUrlSchema } from './trace-url.ts';

/** Every option of an analysis that is data: its range, its default, its help text and its flag. */
export const optionsShape = {
  columns: z
    .record(z.string().min(1), z.string().min(1))
    .readonly()
    .default({})
    .describe('Name the columns of a table, or the keys of rows, that Culprit cannot guess.')
    .register(commandLine, {
      flag: '--map <role=column,...>',
      group: 'Reading traces',
      unset: 'guessed from the names',
      more: 'Example: `input=question,output=answer`. `analyze` only.',
    }),

  scores: z
    .array(z.string().min(1))
    .readonly()
    .default([])
    .describe('Count a trace as failed if a score breaks this rule, e.g. "groundedness<0.7".')
    .register(commandLine, {
      flag: '--score <rule>',
      group: 'Finding failures',
      unset: 'common score names are judged by their known direction',
      more: 'Operators: `<`, `<=`, `>`, `>=`, `=`, `!=`. Scores with neither a rule nor a common name count as "cannot tell".',
    }),

  stepBudget: z
    .int()
    .min(2)
    .default(50)
    .describe('Report an agent loop if a run takes more model and tool steps than this.')
    .register(commandLine, { flag: '--step-budget <n>', group: 'Finding failures' }),

  policy: policyInputSchema
    .nullable()
    .default(null)
    .describe('Read what the assistant must refuse, and what it may answer, from a JSON file.')
    .register(commandLine, {
      flag: '--policy <file>',
      group: 'Finding failures',
      unset: 'the built-in policy',
      more: 'See [detectors.md](detectors.md#a-policy-of-your-own).',
    }),

  all: z
    .boolean()
    .default(false)
    .describe('Group all traces, failed or not, and show the share of each group that failed.')
    .register(commandLine, { flag: '--all', group: 'Finding failures' }),

  checks: z
    .array(z.union([z.string(), checkInputSchema]))
    .readonly()
    .default([])
    .describe(
      'Ask the judge whether this failure occurs, e.g. "The answer promises a refund without calling refund_order".',
    )
    .register(commandLine, {
      flag: '--check <sentence>',
      group: 'Asking a model',
      unset: 'with a judge, the built-in checks on failures without a known cause',
      more: 'See [detectors.md](detectors.md#a-detector-in-plain-language).',
    }),

  judgeFailures: z
    .int()
    .min(0)
    .default(1000)
    .describe('Set the maximum number of sampled failures sent to the judge.')
    .register(commandLine, { flag: '--judge-failures <n>', group: 'Asking a model' }),

  judgePassing: z
    .int()
    .min(0)
    .default(0)
    .describe('Also send this many traces without any signal, to find failures nothing else sees.')
    .register(commandLine, { flag: '--judge-passing <n>', group: 'Asking a model' }),

  sample: z
    .union([z.int().min(1), z.literal('all')])
    .default(1000)
    .describe('Set the maximum number of failures to cluster, or "all".')
    .register(commandLine, { flag: '--sample <n>', group: 'Sampling and clustering' }),

  seed: z
    .int()
    .min(0)
    .default(42)
    .describe(
      'Seed the sampling and clustering: the same data, options and seed give the same bytes.',
    )
    .register(commandLine, { flag: '--seed <n>', group: 'Sampling and clustering' }),

  // Learned on open failure data (docs/method.md): the same for every application.
  view: z
    .string()
    .min(1)
    .default('brief=0.7,output=0.3')
    .describe(
      'Compare failures by these views: brief, facts, structure, input, output, both; several with weights.',
    )
    .register(commandLine, {
      flag: '--view <views>',
      group: 'Sampling and clustering',
      more: '`brief` is what went wrong with values masked, `facts` what the run did, what came back, how it ended and what detectors say, `structure` the sequence of steps. Weights are shares; `input,output` gives equal ones. With `brief` and without `facts`, failures with the same known cause are grouped first. With `--all`, the default is `facts=0.6,output=0.4`.',
    }),

  // Needs no key and no download, and is the best of those on open failure data (docs/embedders.md).
  embedder: z
    .string()
    .min(1)
    .default('static')
    .describe(
      'Embed texts with static, lexical, transformers:<model>, openai:<model> or another <provider>:<model>.',
    )
    .register(commandLine, {
      flag: '--embedder <spec>',
      group: 'Sampling and clustering',
      more: 'See [embedders.md](embedders.md).',
    }),

  algorithm: z
    .enum(['hdbscan', 'kmeans', 'linkage'])
    .default('hdbscan')
    .describe(
      'Cluster with this algorithm: hdbscan, kmeans, or linkage (the default for all traces).',
    )
    .register(commandLine, {
      flag: '--algorithm <name>',
      group: 'Sampling and clustering',
      more: '`linkage` is average link on the cosine.',
    }),

  clusters: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('Set the number of clusters for kmeans or linkage.')
    .register(commandLine, {
      flag: '--clusters <k>',
      group: 'Sampling and clustering',
      unset: 'chosen by silhouette',
    }),

  projection: z
    .enum(PROJECTIONS)
    .default('umap')
    .describe('Draw the map of the report with this projection.')
    .register(commandLine, {
      flag: '--projection <name>',
      group: 'Sampling and clustering',
      more: 'Causes do not depend on it.',
    }),

  minClusterSize: z
    .int()
    .min(2)
    .nullable()
    .default(null)
    .describe('Set the minimum number of failures in a cluster.')
    .register(commandLine, {
      flag: '--min-cluster-size <n>',
      group: 'Sampling and clustering',
      unset: '1% of the sample, at least 5; 3 to 5 for fewer than 50 failures',
    }),

  severity: z
    .record(z.string().min(1), z.number().min(1).max(5))
    .readonly()
    .default({})
    .describe('Override the severity (1 to 5) of a category.')
    .register(commandLine, {
      flag: '--severity <category=n>',
      group: 'Ranking',
      unset: "the category's own",
    }),

  divideByFixCost: z
    .boolean()
    .default(false)
    .describe('Divide the priority of each cause by the cost of its fix.')
    .register(commandLine, { flag: '--fix-cost', group: 'Ranking' }),

  granularity: z
    .enum(GRANULARITIES)
    .default('medium')
    .describe('List broader or narrower causes.')
    .register(commandLine, {
      flag: '--granularity <level>',
      group: 'Ranking',
      more: '`coarsest` lists one cause per known category. The JSON and the report hold [all levels](method.md).',
    }),

  redact: z
    .enum(REDACTIONS)
    .default('off')
    .describe('Take personal data and secrets out of everything that is written.')
    .register(commandLine, {
      flag: '--redact <mode>',
      group: 'Output',
      more: 'Email addresses, phone and card numbers, IBANs, API keys, private keys and signed tokens. `mask` writes `[email]`, `hash` also a keyed hash, so that equal values stay equal. Models receive the redacted text too. See [security.md](security.md#redaction).',
    }),

  redactSalt: z
    .string()
    .min(8)
    .nullable()
    .default(null)
    .describe('Key the hashes of --redact hash with this text; the same text, the same hashes.')
    .register(commandLine, {
      flag: '--redact-salt <text>',
      group: 'Output',
      unset: 'required with --redact hash',
      more: 'Keep it secret: whoever has it can tell whether a given value was there. No output contains it.',
    }),

  traceUrl: traceUrlSchema
    .nullable()
    .default(null)
    .describe('Link traces in the report to where they were recorded, by this address.')
    .register(commandLine, {
      flag: '--trace-url <template>',
      group: 'Output',
      unset: 'no links',
      more: 'An http or https address with `{trace_id}`, as in `https://traces.example.com/t/{trace_id}`.',
    }),
};

const optionsSchema = z.strictObject(optionsShape);

/** Options of an analysis as callers give them; every one may be left out. */
export type OptionsInput = z.input<typeof optionsSchema>;

/** Options of an analysis with the defaults filled in. */
export type Options = z.output<typeof optionsSchema>;

/** The options a run was made with, as its record keeps them. */
export const recordedOptionsSchema = z
  .object(optionsShape)
  .omit({ checks: true, redactSalt: true })
  .extend({
    embedder: z.string().describe('id of the embedder, with its version'),
    minClusterSize: z.int(),
    policy: policyRecordSchema.nullable().describe('null for the built-in policy'),
  })
  .readonly();

export type RecordedOptions = z.output<typeof recordedOptionsSchema>;

/** How the caller spells an option, for error messages. */
export type Spelling = (option: string) => string;

/**
 * Fills in the defaults.
 * @throws CulpritError `invalid_option` for an unknown option, a value out of range, and options that
 * contradict each other, spelled as the caller does.
 */
export function resolveOptions(given: unknown, spell: Spelling = (option) => option): Options {
  const options = parseOptions(optionsSchema, withGroupDefaults(given), spell);
  if (options.clusters !== null && options.algorithm === 'hdbscan')
    throw invalid(
      `${spell('clusters')} has no effect with hdbscan, which finds the number of clusters itself. Use ${spell('algorithm')} kmeans, or leave ${spell('clusters')} out`,
    );
  if (options.redact === 'hash' && options.redactSalt === null)
    throw invalid(
      `${spell('redact')} hash needs ${spell('redactSalt')}: a secret text, the same for runs whose hashes should agree`,
    );
  if (options.redactSalt !== null && options.redact !== 'hash')
    throw invalid(`${spell('redactSalt')} has no effect without ${spell('redact')} hash`);
  if (options.all) rejectWithAll(options, spell);
  return options;
}

/** Groups of all traces have no severity and no fix, and no trace is left to be asked about. */
function rejectWithAll(
  { severity, divideByFixCost, judgePassing }: Options,
  spell: Spelling,
): void {
  const [useless] = [
    ...(Object.keys(severity).length > 0 ? ['severity'] : []),
    ...(divideByFixCost ? ['divideByFixCost'] : []),
    ...(judgePassing > 0 ? ['judgePassing'] : []),
  ];
  if (useless !== undefined)
    throw invalid(
      `${spell(useless)} has no effect with ${spell('all')}, which groups all traces by size. Leave one of them out`,
    );
}

/** Traces that did not fail have no brief to be grouped by: with `all`, they are grouped by their facts. */
export function withGroupDefaults<Given>(given: Given): Given {
  if (typeof given !== 'object' || given === null || !('all' in given) || given.all !== true)
    return given;
  const { view, algorithm }: Partial<Record<string, unknown>> = given;
  return { ...given, view: view ?? ALL_VIEW, algorithm: algorithm ?? 'linkage' };
}

// Learned on open failure data (docs/method.md).
const ALL_VIEW = 'facts=0.6,output=0.4';

/** What `schema` makes of the given options. Throws `invalid_option` as `resolveOptions` does. */
export function parseOptions<Schema extends z.ZodObject>(
  schema: Schema,
  given: unknown,
  spell: Spelling,
): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(
    issue === undefined ? 'the options cannot be read' : explain(issue, spell, schema),
    parsed.error,
  );
}

function explain(issue: z.core.$ZodIssue, spell: Spelling, schema: z.ZodObject): string {
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
    const known = Object.keys(schema.shape).map(spell).join(', ');
    return `there is no option ${issue.keys.join(', ')}; choose from ${known}`;
  }
  const [option] = issue.path;
  return option === undefined
    ? `the options ${plainIssue(issue)}`
    : `${spell(String(option))}: ${plainIssue(issue, 1)}`;
}

const invalid = (message: string, cause?: unknown): CulpritError =>
  new CulpritError('invalid_option', message, { cause });
