import * as z from 'zod';
import { type Check, type CheckInput, checkInputSchema } from '../../contract/check.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import { plainIssue } from '../../contract/plain-issue.ts';
import { parseJsonFile } from '../../text/json-file.ts';

const MOST = 50;

/**
 * Completes checks; one without a name gets it from its words. `taken` holds the ids of other detectors.
 * @throws CulpritError `invalid_option` naming the check.
 */
export function checksOf(
  given: readonly (string | CheckInput)[],
  taken: ReadonlySet<string>,
): Check[] {
  if (given.length > MOST)
    throw new CulpritError(
      'invalid_option',
      `${given.length} checks are too many: give at most ${MOST}, or the model's answers get unreliable`,
    );
  const names = new Set(taken);
  return given.map((each, index) => {
    const source = `check ${index + 1}`;
    const { name, category, ...rest } = entryOf(each, source);
    const text = sentence(rest.text);
    if (text === '') throw invalid(source, 'a check needs words');
    if (name !== undefined && names.has(name))
      throw invalid(source, `the name ${name} is taken; choose another`);
    const own = name ?? free(nameOf(text), names);
    names.add(own);
    return { ...rest, text, name: own, category: category ?? own };
  });
}

const entries = z.union([
  z.array(checkInputSchema),
  z.strictObject({ checks: z.array(checkInputSchema) }),
]);

type Entry = z.infer<typeof checkInputSchema>;

/**
 * The checks in a file: JSON with names and more, or one sentence a line. `source` names it in errors.
 * @throws CulpritError `invalid_option` naming the source and the place.
 */
export function readChecks(text: string, source: string): readonly (string | CheckInput)[] {
  const found = /^\s*[[{]/.test(text) ? fromJson(text, source) : fromLines(text);
  if (found.length === 0) throw invalid(source, 'contains no checks');
  return found;
}

const fromLines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

function fromJson(text: string, source: string): Entry[] {
  const parsed = entries.safeParse(parseJsonFile(text, source));
  if (!parsed.success) throw invalid(source, firstIssue(parsed.error));
  return Array.isArray(parsed.data) ? parsed.data : parsed.data.checks;
}

function entryOf(given: string | CheckInput, source: string): Entry {
  const parsed = checkInputSchema.safeParse(typeof given === 'string' ? { text: given } : given);
  if (!parsed.success) throw invalid(source, firstIssue(parsed.error));
  return parsed.data;
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'it cannot be read' : plainIssue(issue);
}

/** One line without the final period. */
const sentence = (text: string): string =>
  text.toWellFormed().replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '');

const FILLERS = new Set('a,an,the,is,are,was,were,be,of,to,it,its,in,on,that,this'.split(','));
const NAME_WORDS = 6;

/** `The answer promises a refund` → `answer_promises_refund`. */
function nameOf(text: string): string {
  const words = (text.toLowerCase().match(/[a-z0-9]{1,40}/g) ?? []).filter(
    (word) => !FILLERS.has(word),
  );
  const name = words.slice(0, NAME_WORDS).join('_').slice(0, 50);
  return /^[a-z]/.test(name) ? name : `check_${name}`.replace(/_$/, '');
}

function free(name: string, names: ReadonlySet<string>): string {
  if (!names.has(name)) return name;
  let number = 2;
  while (names.has(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}

const invalid = (source: string, why: string): CulpritError =>
  new CulpritError('invalid_option', `${source}: ${why}`);
