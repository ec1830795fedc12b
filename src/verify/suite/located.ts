import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { CulpritError } from '../../contract/culprit-error.ts';
import { plainIssue } from '../../contract/plain-issue.ts';

/** A YAML file whose places are known by line. */
export interface Located {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** YAML larger than this is no file that people write. */
const LARGEST = 5_000_000;
/** Aliases that may be expanded, so that a small file cannot become a large one. */
const ALIASES = 100;

/**
 * The YAML of a file, comments kept; JSON is YAML too.
 * @throws CulpritError `invalid_suite` with file and line for broken YAML and for a key that comes twice.
 */
export function parseYaml(text: string, file: string): Located {
  if (text.length > LARGEST) throw faultAt(`${file}`, `the file has over ${LARGEST} characters`);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  });
  const [error] = document.errors;
  if (error === undefined) return { file, document, lines };
  const { line } = lines.linePos(error.pos[0]);
  throw faultAt(`${file}:${line}`, `not valid YAML: ${error.message.split('\n')[0]}`, error);
}

/** The plain value. Throws `invalid_suite` for aliases that would grow without bound. */
export function plainValue({ file, document }: Located): unknown {
  try {
    return document.toJS({ maxAliasCount: ALIASES });
  } catch (error) {
    throw faultAt(file, `not usable YAML: ${String(error)}`, error);
  }
}

/**
 * The value checked against the schema.
 * @throws CulpritError `invalid_suite` with file and line of the first fault.
 */
export function checkedYaml<Schema extends z.ZodType>(
  located: Located,
  schema: Schema,
  what: string,
): z.output<Schema> {
  const { success, data, error } = schema.safeParse(plainValue(located));
  if (success) return data;
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  if (issue === undefined) throw faultAt(located.file, `this is not ${what}`, error);
  const keys = issue.code === 'unrecognized_keys' ? [issue.keys[0] ?? ''] : [];
  throw faultAt(
    placeOf(located, [...issue.path, ...keys]),
    `this is not ${what}: ${plainIssue(issue)}`,
    error,
  );
}

/** `file:line` of the value at the path, or of the nearest one around it. */
export function placeOf({ file, document, lines }: Located, path: readonly PropertyKey[]): string {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const offset = offsetAt(document, path.slice(0, depth));
    if (offset !== null) return `${file}:${lines.linePos(offset).line}`;
  }
  return `${file}:1`;
}

/** Where the value begins; for an entry of a mapping, its key. */
function offsetAt(document: Document, path: readonly PropertyKey[]): number | null {
  if (path.length > 0) {
    const parent = document.getIn(path.slice(0, -1), true);
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)))
      : undefined;
    if (isScalar(pair?.key) && pair.key.range) return pair.key.range[0];
  }
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) && node.range ? node.range[0] : null;
}

/** A fault in a suite or a file of checks; `place` is `file:line`. */
export const faultAt = (place: string, message: string, cause?: unknown): CulpritError =>
  new CulpritError('invalid_suite', `${place}: ${message}`, { cause });
