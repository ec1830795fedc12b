import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { CulpritError } from '../contract/culprit-error.ts';
import type { GuardRule } from '../contract/guard.ts';
import { guardRulesSchema } from '../contract/guard.ts';
import type { LearnedModel } from '../contract/learned-model.ts';
import type { PolicyInput } from '../contract/policy.ts';
import { type Guard, guard } from '../culprit.ts';
import { lines } from '../platform/lines.ts';
import { isRecord } from '../text/json.ts';
import { parseJsonFile } from '../text/json-file.ts';
import { yamlOf } from '../verify/verify.ts';
import { INCOMPLETE } from './exit-code.ts';
import { reportLines } from './guard-lines.ts';
import type { GuardCommandOptions } from './guard-options.ts';
import { judgeFor } from './judge.ts';
import { writeMessage, writeResult } from './output.ts';
import { readOptionFile } from './read-option-file.ts';

/** Longer lines are not read. */
const MOST_CHARACTERS = 1_000_000;

/** Answers every line of the files, or of standard input, and ends with what the guard would have done or has done. */
export async function runGuard(
  files: readonly string[],
  options: GuardCommandOptions,
): Promise<void> {
  const opened: { readonly close: () => Promise<void> }[] = [];
  try {
    const asked = await guardFor(options, (each) => opened.push(each));
    let unread = 0;
    let line = 0;
    for (const file of files.length === 0 ? ['-'] : files) {
      for await (const text of linesOf(file)) {
        line += 1;
        if (text !== null && text.trim() === '') continue;
        const answer = await answerTo(text, asked, options);
        if ('error' in answer) unread += 1;
        writeResult(`${JSON.stringify({ line, ...answer })}\n`);
      }
    }
    writeMessage(reportLines(asked.report(), { shadow: !options.enforce, unread }));
    if (unread > 0) process.exitCode = INCOMPLETE;
  } finally {
    for (const each of opened) await each.close();
  }
}

async function answerTo(
  text: string | null,
  { ask }: Guard,
  { late, enforce }: GuardCommandOptions,
): Promise<object> {
  const unread = (error: string) => ({
    action: enforce ? late : 'allow',
    shadow: enforce ? null : late,
    error,
  });
  if (text === null) return unread(`the line has more than ${MOST_CHARACTERS} characters`);
  try {
    const record: unknown = JSON.parse(text);
    return isRecord(record) ? await ask(record) : unread('the line is no JSON object');
  } catch (error) {
    if (error instanceof SyntaxError) return unread('the line is not valid JSON');
    if (error instanceof CulpritError && error.code === 'invalid_input')
      return unread(error.message);
    throw error;
  }
}

async function* linesOf(file: string): AsyncGenerator<string | null> {
  const source = file === '-' ? process.stdin : createReadStream(file);
  try {
    yield* lines(source, MOST_CHARACTERS);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

const unreadable = (file: string, cause: unknown): CulpritError =>
  new CulpritError('unreadable_file', `${file}: cannot be read (${cause})`, { cause });

async function guardFor(
  options: GuardCommandOptions,
  onOpen: (each: { readonly close: () => Promise<void> }) => void,
): Promise<Guard> {
  const { above, deadline, late, enforce } = options;
  const policy = await readOptionFile('--policy', options.policy, parseJsonFile);
  const rules = await readOptionFile('--rules', options.rules, rulesIn);
  const judge = await judgeFor(options, { onOpen, say: writeMessage });
  return guard({
    ...{ deadline, late, shadow: !enforce, policy: policy as PolicyInput | null },
    ...(rules !== null && { rules }),
    ...(options.learned !== undefined && { learned: await modelIn(options.learned) }),
    ...(above !== undefined && { above }),
    ...(judge !== null && { judge }),
  });
}

const rulesIn = (text: string, source: string): readonly GuardRule[] =>
  yamlOf(text, source.replace(/^--rules /, ''), guardRulesSchema, 'a file of rules').rules;

async function modelIn(file: string): Promise<LearnedModel> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CulpritError('unreadable_file', `--learned ${file}: it cannot be read (${cause})`, {
      cause,
    });
  });
  return parseJsonFile(text, `--learned ${file}`) as LearnedModel;
}
