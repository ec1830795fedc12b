import type { CasePayload } from '../../contract/case-payload.ts';
import type { CheckUse } from '../../contract/check-use.ts';
import type { SuiteCase } from '../../contract/suite.ts';
import type { Message } from '../../contract/trace.ts';
import { subjectOf } from '../checks/subject.ts';
import { prepareCheck } from '../checks/use-check.ts';
import type { ReadSuite } from '../suite/read-suites.ts';
import { type AnswerTest, answerTestOf } from './answer-test.ts';

/** What another program does not get, or does not do with it. */
export interface Loss {
  /** Id of the case; null where it concerns all. */
  readonly case: string | null;
  /** Name of the check; null where it concerns no check. */
  readonly check: string | null;
  /** One sentence without the final period. */
  readonly what: string;
}

export interface ExportedFile {
  readonly path: string;
  readonly text: string;
  /** Written only where it is missing: people change it. */
  readonly isTheirs?: true;
}

export interface Exported {
  readonly files: readonly ExportedFile[];
  readonly losses: readonly Loss[];
  /** How to run or upload it: a command or a sentence. */
  readonly next: string;
}

/** A case with everything that an export can use. */
export interface OutgoingCase {
  /** Once in the export: the id of the cause, then that of the case. */
  readonly id: string;
  readonly entry: SuiteCase;
  readonly payload: CasePayload;
  readonly read: ReadSuite;
  readonly checks: readonly CheckUse[];
  readonly reference: string | null;
}

/** How a loss begins that is a whole case. */
export const LEFT_OUT = 'left out: ';

/** Every case that is not retired. */
export const outgoingCases = (suites: readonly ReadSuite[]): readonly OutgoingCase[] =>
  suites.flatMap((read) =>
    read.suite.cases.flatMap((entry) =>
      entry.retired === undefined
        ? [
            {
              id: `${read.suite.cause.id}/${entry.id}`,
              entry,
              payload: read.payload.cases.get(entry.hash)!,
              read,
              checks: read.checksOf(entry.id).map(({ use }) => use),
              reference: entry.reference ?? null,
            },
          ]
        : [],
    ),
  );

export interface TestedCase extends OutgoingCase {
  readonly tests: readonly AnswerTest[];
}

/**
 * The cases with the checks that can be carried as tests of the answer. A case of which no check can be carried is left
 * out, and so is one that was red and would not be any more: it would pass whatever went wrong.
 */
export function testedCases(suites: readonly ReadSuite[]): {
  readonly cases: readonly TestedCase[];
  readonly losses: readonly Loss[];
} {
  const cases: TestedCase[] = [];
  const losses: Loss[] = [];
  for (const each of outgoingCases(suites)) {
    const tests: AnswerTest[] = [];
    const kept: CheckUse[] = [];
    for (const use of each.checks) {
      const carried = answerTestOf(use, each.reference);
      if (carried.test !== null) {
        tests.push(carried.test);
        kept.push(use);
      }
      const what = carried.test === null ? carried.why : carried.narrowed;
      if (what !== null) losses.push({ case: each.id, check: use.check, what });
    }
    if (tests.length === 0) losses.push(lost(each, `${LEFT_OUT}none of its checks can run there`));
    else if (kept.length < each.checks.length && each.entry.proof === 'red' && !isRed(each, kept))
      losses.push(lost(each, `${LEFT_OUT}without the lost checks its recorded answer passes`));
    else cases.push({ ...each, tests });
    losses.push(...contextLosses(each));
  }
  return { cases, losses };
}

/** Whether the recorded answer still fails one of the checks that are left. */
const isRed = ({ payload, reference }: OutgoingCase, kept: readonly CheckUse[]): boolean => {
  const subject = subjectOf(payload.recorded, { reference });
  return kept.some((use) => {
    const outcome = prepareCheck(use).ask(subject);
    return !(outcome instanceof Promise) && outcome.verdict === 'fail';
  });
};

/** What a program that sees the conversation alone does not get. */
const contextLosses = (each: OutgoingCase): readonly Loss[] => {
  const { tools, documents, toolResults } = each.payload;
  const parts = [
    ...(tools.length > 0 ? ['the offered tools'] : []),
    ...(toolResults.length > 0 ? ['the recorded tool results'] : []),
    ...(documents.length > 0 ? ['the retrieved documents'] : []),
  ];
  return parts.length === 0
    ? []
    : [lost(each, `the conversation alone is sent: not ${parts.join(', ')}`)];
};

export const lost = ({ id }: OutgoingCase, what: string): Loss => ({ case: id, check: null, what });

/** A message in the form of OpenAI’s chat API, which most programs read. */
export const chatMessage = ({ role, content, toolCalls, toolCallId, name }: Message): object => ({
  role,
  content,
  ...(toolCalls.length > 0 && {
    tool_calls: toolCalls.map((call, index) => ({
      id: call.id ?? `call_${index}`,
      type: 'function',
      function: {
        name: call.name,
        arguments:
          typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
      },
    })),
  }),
  ...(role === 'tool' && toolCallId !== null && { tool_call_id: toolCallId }),
  ...(role === 'tool' && name !== null && { name }),
});

/** What says where a case comes from. */
export const caseMetadata = ({ entry, read, checks }: OutgoingCase): object => ({
  case: entry.id,
  role: entry.role,
  trace: entry.trace,
  hash: entry.hash,
  cause: read.suite.cause.id,
  cause_title: read.suite.cause.title,
  category: read.suite.cause.category,
  severity: read.suite.cause.severity,
  suite_hash: read.hash,
  checks,
});

export const jsonLines = (values: readonly object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');
