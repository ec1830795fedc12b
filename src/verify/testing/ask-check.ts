import type { CheckOutcome } from '../../contract/check-use.ts';
import type { Trace } from '../../contract/trace.ts';
import { makeTrace } from '../../testing/trace.ts';
import { type SubjectParts, subjectOf } from '../checks/subject.ts';
import { prepareCheck } from '../checks/use-check.ts';

/** What a check of the catalog says of a trace; of a text, that it is the answer. */
export async function askCheck(
  check: string,
  params: Readonly<Record<string, unknown>>,
  on: string | Partial<Trace>,
  parts: SubjectParts = {},
): Promise<CheckOutcome> {
  const trace = makeTrace(typeof on === 'string' ? { output: on } : on);
  const { load, ask } = prepareCheck({ check, params: params as Readonly<Record<string, never>> });
  await load();
  return ask(subjectOf(trace, parts));
}
