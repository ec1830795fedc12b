import type * as z from 'zod';
import type { CheckOutcome } from '../../contract/check-use.ts';
import type { FileFacts } from '../../contract/file-facts.ts';
import type { Judge } from '../../contract/judge.ts';
import type { Trace } from '../../contract/trace.ts';
import type { Run } from '../../detect/run/run.ts';

/** A function of the user's, as a module exports it. */
export type ScriptCheck = (
  trace: Trace,
  params: Readonly<Record<string, unknown>>,
) => unknown | Promise<unknown>;

/** What checks need from outside. */
export interface CheckServices {
  /** Answers rubrics; null without a model. */
  readonly judge: Judge | null;
  /** The function that a module exports by default; `file` is as the suite names it. */
  readonly script: ((file: string) => Promise<ScriptCheck>) | null;
}

/** What a check looks at: one trace, and what is known of where it comes from. */
export interface CheckSubject {
  readonly trace: Trace;
  /** The same trace as detectors read it. */
  readonly run: Run;
  /** Facts of the input that the cause was found in; null where nothing is known. */
  readonly file: FileFacts | null;
  /** The answer to compare with; null where the case gives none. */
  readonly reference: string | null;
  /** The trace that the case was promoted from; null outside of a suite. */
  readonly recorded: Trace | null;
  readonly services: CheckServices;
}

export const CHECK_GROUPS = [
  'text',
  'structure',
  'similarity',
  'tools',
  'retrieval',
  'grounding',
  'performance',
  'other',
] as const;
export type CheckGroup = (typeof CHECK_GROUPS)[number];

/** A number that a check measures. */
export interface Measure {
  readonly range: readonly [number, number];
  readonly better: 'higher' | 'lower';
}

interface Definition<Params extends z.ZodObject> {
  /** Lowercase letters, digits and `_`. */
  readonly id: string;
  /** What passes, as one sentence. */
  readonly passes: string;
  readonly params: Params;
  /** Null for a check that measures nothing. */
  readonly measure: Measure | null;
  /** Where the metric or rule is defined. */
  readonly source: string;
  /** Parameters of one use, for the docs. */
  readonly example: z.input<Params>;
  /** Loads what the check needs and most runs do not, before it is asked the first time. */
  readonly load?: () => Promise<void>;
  readonly ask: (
    subject: CheckSubject,
    params: z.output<Params>,
  ) => CheckOutcome | Promise<CheckOutcome>;
}

/** An entry of the catalog. */
export interface Check {
  readonly id: string;
  readonly passes: string;
  readonly params: z.ZodObject;
  readonly measure: Measure | null;
  readonly source: string;
  readonly example: Readonly<Record<string, unknown>>;
  readonly load?: () => Promise<void>;
  /** `params` must come from the schema. */
  readonly ask: (subject: CheckSubject, params: unknown) => CheckOutcome | Promise<CheckOutcome>;
}

export const defineCheck = <Params extends z.ZodObject>(definition: Definition<Params>): Check => ({
  ...definition,
  example: definition.example as Readonly<Record<string, unknown>>,
  ask: (subject, params) => definition.ask(subject, params as z.output<Params>),
});
