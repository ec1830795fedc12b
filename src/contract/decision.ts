import * as z from 'zod';
import { layerSchema } from './category.ts';
import { causeProposalSchema } from './cause-proposal.ts';
import { conditionSchema } from './condition.ts';
import type { Json } from './json.ts';

/** Where a cause stands. `regressed` and the way back from it belong to watching; people may set it, too. */
const CAUSE_STATES = ['new', 'confirmed', 'fixing', 'fixed', 'regressed', 'muted'] as const;
export type CauseState = (typeof CAUSE_STATES)[number];

const PROPOSALS = ['accepted', 'edited', 'rejected'] as const;

/** What priority counts. */
const FORMULA_MEASURES = ['failures', 'users', 'cost', 'tokens', 'latency'] as const;
export type FormulaMeasure = (typeof FORMULA_MEASURES)[number];

const formulaSchema = z.strictObject({
  measure: z.enum(FORMULA_MEASURES),
  severity: z.boolean().describe('multiply by the severity'),
  fixCost: z
    .enum(['set', 'always', 'never'])
    .describe('divide by the fix cost: where a person has set one, everywhere, nowhere'),
});

/** How the priority of a cause is counted. */
export type Formula = Readonly<z.infer<typeof formulaSchema>>;

/** Where the files of a suite went: the folder of the server, or to the person. */
export const SUITE_PLACES = ['folder', 'download'] as const;

const fixedInSchema = z.strictObject({
  version: z.enum(['release', 'promptVersion', 'model']).describe('what the version is one of'),
  value: z.string().max(500).describe("the version that has the fix; '' where none is recorded"),
  environment: z.string().max(500).describe("where it runs; '' everywhere"),
  at: z.number().int().describe('when it went live; epoch milliseconds'),
});

/** The version that has the fix of a cause, and where and since when it runs. */
export type FixedIn = Readonly<z.infer<typeof fixedInSchema>>;

const id = z.string().min(1).max(500);

/** Members by which a cause is known again; its condition tells more. */
export const MOST_MEMBERS = 200;

const definitionSchema = z.strictObject({
  condition: conditionSchema.describe('what its failures share'),
  fingerprint: z.string().max(100).describe('by which an analysis knows the cause again'),
  members: z.array(id).max(MOST_MEMBERS).describe('trace ids of some of its failures'),
});

/** What people say that a cause is, in place of what an analysis found. */
export type CauseDefinition = Readonly<z.infer<typeof definitionSchema>>;
const text = (most: number) => z.string().trim().min(1).max(most);

/** What can be decided about each kind of subject, by field. */
const FIELDS = {
  cause: {
    proposal: z.enum(PROPOSALS),
    title: text(300),
    category: text(100),
    severity: z.number().min(1).max(5),
    fixCost: z.number().min(0.1).max(100),
    layer: layerSchema,
    owner: text(200),
    tracker: z.url({ protocol: /^https?$/ }).max(1000),
    note: text(20_000),
    /** What a coding agent proposes; it changes nothing until a person decides. */
    suggestion: causeProposalSchema,
    state: z.enum(CAUSE_STATES),
    /** The suite that it was promoted to. */
    suite: z.strictObject({
      file: text(300),
      to: z.enum(SUITE_PLACES),
      guards: z.int().min(0),
      controls: z.int().min(0),
      slice: z.int().min(0),
    }),
    /** What the state `fixed` is bound to. */
    fixedIn: fixedInSchema,
    /** The cause that its failures count for from now on. */
    mergedInto: id,
    /** Made by a person from failures of another cause. */
    splitFrom: id,
    /** What it is since somebody accepted a proposal. */
    definition: definitionSchema,
  },
  trace: {
    /** The cause that a person put it into; `null` within: none. */
    place: z.strictObject({ cause: id.nullable() }),
  },
  pair: {
    /** Two causes that stay apart. */
    apart: z.literal(true),
  },
  /** What a re-clustering has found, by kind and causes. */
  proposal: {
    /** It comes back once it is about twice as many failures. */
    rejected: z.strictObject({ failures: z.number().min(0) }),
  },
  project: { formula: formulaSchema },
} as const;

type Fields = typeof FIELDS;
export type SubjectKind = keyof Fields;

/** What else the activity log tells of: labels, taxonomies and queues. */
export const ANNOTATED_KINDS = ['label', 'taxonomy', 'queue'] as const;
type AnnotatedKind = (typeof ANNOTATED_KINDS)[number];

/** The decisions about one cause, by field. */
export type CauseDecisions = {
  readonly [Field in keyof Fields['cause']]?: z.infer<Fields['cause'][Field]>;
};

/** One value that a person sets; null takes it back. */
export interface Change {
  readonly kind: SubjectKind;
  /** Id of a cause or trace; ids of two causes in order, with `|` between; the id of the project. */
  readonly subject: string;
  readonly field: string;
  readonly value: Json;
}

/** A value that holds now. */
export interface Decision extends Change {
  readonly at: number;
  /** Who set it: id of a user, `local` without accounts. */
  readonly by: string;
}

/** What one value was before an action, and after it. */
export interface Changed extends Omit<Change, 'value' | 'kind'> {
  readonly kind: SubjectKind | AnnotatedKind;
  readonly before: Json;
  readonly after: Json;
}

/** One line of the activity log: an action of a person, and all that it changed. */
export interface Activity {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: string;
  /** What was done, as a verb: `severity`, `merge`, `undo`. */
  readonly action: string;
  readonly changes: readonly Changed[];
  /** The activity that it took back; null for none. */
  readonly undoes: string | null;
  /** The activity that took it back; null while it holds. */
  readonly undoneBy: string | null;
}

const kindSchema = z.enum(Object.keys(FIELDS) as [SubjectKind, ...SubjectKind[]]);

export const changeSchema = z
  .strictObject({ kind: kindSchema, subject: id, field: z.string().max(40), value: z.json() })
  .superRefine(({ kind, field, value }, context) => {
    const schema = Object.entries(FIELDS[kind]).find(([name]) => name === field)?.[1];
    if (schema === undefined)
      return context.addIssue({
        code: 'custom',
        path: ['field'],
        message: `a ${kind} has no ${field}; it has ${Object.keys(FIELDS[kind]).join(', ')}`,
      });
    if (value === null) return;
    const read = (schema as z.ZodType).safeParse(value);
    for (const issue of read.error?.issues ?? [])
      context.addIssue({
        code: 'custom',
        path: ['value', ...issue.path],
        message: `${field}: ${issue.message}`,
      });
  }) satisfies z.ZodType<Change>;
