import * as z from 'zod';
import type { Check } from '../../contract/check.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import { parseJsonFile } from '../json-file.ts';

/** Plain-language checks as the user gave them. */
export interface CheckSources {
  /** Sentences from the command line. */
  readonly texts: readonly string[];
  /** A file: JSON with names and other fields, or one sentence per line. */
  readonly file: { readonly name: string; readonly text: string } | null;
}

const MOST = 50;
const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, { error: 'must be lowercase letters, digits and _' });

const entry = z.strictObject({
  name: identifier.optional(),
  text: z.string().max(1_000),
  category: identifier.optional(),
  severity: z.number().min(1).max(5).default(3),
  layer: z
    .enum(['prompt', 'tool', 'retrieval', 'model', 'evaluation', 'orchestration', 'platform'])
    .default('prompt'),
  fixCost: z.number().min(1).max(13).default(2),
});
const entries = z.union([z.array(entry), z.strictObject({ checks: z.array(entry) })]);

type Entry = z.infer<typeof entry>;

/**
 * Reads checks; a check without a name is named after its words. `taken` are the names of other detectors.
 * @throws CulpritError `invalid_option` naming the option and the place.
 */
export function parseChecks({ texts, file }: CheckSources, taken: ReadonlySet<string>): Check[] {
  const given = [
    ...texts.map((text) => ({ source: '--check', entry: plainEntry(text, '--check') })),
    ...(file === null
      ? []
      : fromFile(file).map((each) => ({ source: `--checks ${file.name}`, entry: each }))),
  ];
  if (given.length > MOST)
    throw new CulpritError(
      'invalid_option',
      `${given.length} checks are too many: give at most ${MOST}, or the model's answers get unreliable`,
    );
  const names = new Set(taken);
  return given.map(({ source, entry: { name, category, ...rest } }) => {
    const text = sentence(rest.text);
    if (text === '') throw invalid(source, 'a check needs words');
    if (name !== undefined && names.has(name)) throw invalid(source, `the name ${name} is taken`);
    const own = name ?? free(nameOf(text), names);
    names.add(own);
    return { ...rest, text, name: own, category: category ?? own };
  });
}

function fromFile({ name, text }: { readonly name: string; readonly text: string }): Entry[] {
  const source = `--checks ${name}`;
  const found = /^\s*[[{]/.test(text) ? fromJson(text, source) : fromLines(text, source);
  if (found.length === 0) throw invalid(source, 'contains no check');
  return found;
}

const fromLines = (text: string, source: string): Entry[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => plainEntry(line, source));

function fromJson(text: string, source: string): Entry[] {
  const parsed = entries.safeParse(parseJsonFile(text, source));
  if (!parsed.success) throw invalid(source, firstIssue(parsed.error));
  return Array.isArray(parsed.data) ? parsed.data : parsed.data.checks;
}

function plainEntry(text: string, source: string): Entry {
  const parsed = entry.safeParse({ text });
  if (!parsed.success) throw invalid(source, firstIssue(parsed.error));
  return parsed.data;
}

/** The deepest issue: for a union, that of the closest form. */
function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  const nearest =
    issue?.code === 'invalid_union'
      ? issue.errors.flat().toSorted((a, b) => b.path.length - a.path.length)[0]
      : issue;
  return `${nearest?.path.join('.') || 'the checks'}: ${nearest?.message}`;
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
