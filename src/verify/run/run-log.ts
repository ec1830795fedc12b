import { CulpritError } from '../../contract/culprit-error.ts';
import {
  type AttemptRecord,
  type RunHeader,
  type RunLine,
  runLineSchema,
} from '../../contract/eval-run.ts';
import { plainIssue } from '../../contract/plain-issue.ts';
import { contentHash } from '../suite/suite-hash.ts';
import { attemptKey } from './plan-attempts.ts';

/** What the file of a run holds. */
export interface RunLog {
  readonly header: RunHeader;
  /** Without their traces. */
  readonly attempts: readonly AttemptRecord[];
  /** Keys of attempts that were started and not recorded: in flight when the process ended. */
  readonly inFlight: ReadonlySet<string>;
  /** The last one; null where the process was killed. */
  readonly end: Extract<RunLine, { kind: 'end' }> | null;
  /** Characters up to the end of the last whole line: what follows was cut when the process was killed. */
  readonly whole: number;
}

/**
 * Reads the file of a run.
 * @throws CulpritError `invalid_input` with file and line for anything but what a run writes.
 */
export function parseRunLog(text: string, file: string): RunLog {
  const whole = text.lastIndexOf('\n') + 1;
  let header: RunHeader | null = null;
  let end: RunLog['end'] = null;
  const attempts = new Map<string, AttemptRecord>();
  const inFlight = new Set<string>();
  let from = 0;
  for (let number = 1; from < whole; number += 1) {
    const to = text.indexOf('\n', from);
    const line = parseLine(text.slice(from, to), `${file}:${number}`);
    from = to + 1;
    if ((line.kind === 'run') !== (number === 1))
      throw fault(`${file}:${number}`, 'the file of a run begins with its only header');
    end = line.kind === 'end' ? line : null;
    if (line.kind === 'run') header = line;
    if (line.kind === 'started') inFlight.add(attemptKey(line));
    if (line.kind !== 'attempt') continue;
    inFlight.delete(attemptKey(line));
    attempts.set(attemptKey(line), { ...line, trace: null });
  }
  if (header === null) throw fault(`${file}:1`, 'this is not the file of a run: it has no header');
  return { header, attempts: [...attempts.values()], inFlight, end, whole };
}

/**
 * The header and the end of a run by the first and the last line of its file. Throws as `parseRunLog` does for a first line
 * that is no header; a last line that is no end is that of a run that has not ended.
 */
export function runEnds(
  { first, last }: { readonly first: string; readonly last: string },
  file: string,
): Pick<RunLog, 'header' | 'end'> {
  const header = parseLine(first, `${file}:1`);
  if (header.kind !== 'run')
    throw fault(`${file}:1`, 'this is not the file of a run: it has no header');
  const end = last.startsWith('{"kind":"end"') ? parseLine(last, `${file}, last line`) : null;
  return { header, end: end?.kind === 'end' ? end : null };
}

/** The attempts among the lines of a run's file, with their traces. Throws as `parseRunLog` does. */
export function* attemptsIn(
  lines: Iterable<string>,
  file: string,
): Generator<AttemptRecord, void, undefined> {
  let number = 0;
  for (const text of lines) {
    number += 1;
    if (!text.startsWith('{"kind":"attempt"')) continue;
    const line = parseLine(text, `${file}:${number}`);
    if (line.kind === 'attempt') yield line;
  }
}

function parseLine(text: string, place: string): RunLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fault(place, `not valid JSON: ${String(error)}`);
  }
  const { success, data, error } = runLineSchema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw fault(place, `not a line of a run${issue === undefined ? '' : `: ${plainIssue(issue)}`}`);
}

const fault = (place: string, message: string): CulpritError =>
  new CulpritError('invalid_input', `${place}: ${message}`);

/** What keeps a run from being continued under another header: the first field that differs. Null where none does. */
export function changedSince(before: RunHeader, now: RunHeader): string | null {
  const fields = [
    'toolVersion',
    'suites',
    'labels',
    'seed',
    'budget',
    'attemptLimit',
    'judge',
    'toolResults',
    'isAa',
    'family',
    'target',
    'baseline',
  ] as const;
  return (
    fields.find((name) => contentHash(before[name] ?? null) !== contentHash(now[name] ?? null)) ??
    null
  );
}
