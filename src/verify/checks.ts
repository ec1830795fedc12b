import * as z from 'zod';
import { type CheckRecord, type CheckUse, checkUseSchema } from '../contract/check-use.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { FileFacts } from '../contract/file-facts.ts';
import type { Judge } from '../contract/judge.ts';
import { plainIssue } from '../contract/plain-issue.ts';
import type { Trace } from '../contract/trace.ts';
import type { CheckGroup, Measure, ScriptCheck } from './checks/define.ts';
import { detectorChecks } from './checks/other/detector.ts';
import { checks } from './checks/registry.ts';
import { subjectOf } from './checks/subject.ts';
import { askChecks, prepareCheck, verdictOf } from './checks/use-check.ts';

export type { CheckOutcome, CheckRecord, CheckUse } from '../contract/check-use.ts';
export type { Measure, ScriptCheck } from './checks/define.ts';

export interface CheckOptions {
  /** Facts of the input that the trace comes from, as `analysis.facts` has them; some detectors need them. */
  readonly file?: FileFacts;
  /** The answer to compare with. */
  readonly reference?: string;
  /** A run to compare the path with. */
  readonly recorded?: Trace;
  /** Answers the check `judge`. */
  readonly judge?: Judge;
  /** Gives the function of the check `script`. */
  readonly script?: (file: string) => Promise<ScriptCheck>;
}

export interface CheckedTrace {
  /** Fail where a check fails, pass where all pass, else cannot tell; provisional ones decide nothing. */
  readonly verdict: CheckRecord['verdict'];
  /** What each check says, in order. */
  readonly checks: readonly CheckRecord[];
}

/**
 * Asks checks of the catalog about a trace.
 *
 * ```ts
 * const { verdict } = await runChecks(trace, [{ check: 'tool_called', params: { tool: 'refund_order' } }]);
 * ```
 *
 * @throws CulpritError `invalid_option` for an unknown check, and for parameters that it does not take.
 */
export async function runChecks(
  trace: Trace,
  uses: readonly CheckUse[],
  { judge = undefined, script = undefined, ...parts }: CheckOptions = {},
): Promise<CheckedTrace> {
  const prepared = uses.map((use, index) => prepareCheck(parsed(use, index)));
  const services = { judge: judge ?? null, script: script ?? null };
  const records = await askChecks(prepared, subjectOf(trace, { ...parts, services }));
  return { verdict: verdictOf(records), checks: records };
}

function parsed(use: unknown, index: number): CheckUse {
  const { data, error } = checkUseSchema.safeParse(use);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw new CulpritError(
    'invalid_option',
    `check ${index} ${issue === undefined ? 'cannot be read' : plainIssue(issue)}; give { check: 'contains', params: { … } }`,
    { cause: error },
  );
}

/** What the catalog says of one check. */
export interface CatalogEntry {
  readonly id: string;
  readonly group: CheckGroup | 'detectors';
  /** What passes, as one sentence. */
  readonly passes: string;
  /** JSON Schema of its parameters. */
  readonly params: object;
  /** What it measures; null for a check that measures nothing. */
  readonly measure: Measure | null;
  readonly source: string;
  /** Parameters of one use. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** Every check there is, by group. */
export function checkCatalog(): readonly CatalogEntry[] {
  return Object.entries({ ...checks, detectors: detectorChecks }).flatMap(([group, entries]) =>
    entries.map(({ id, passes, params, measure, source, example }) => ({
      ...{ id, group: group as CatalogEntry['group'], passes, measure, source, example },
      params: z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' }),
    })),
  );
}
