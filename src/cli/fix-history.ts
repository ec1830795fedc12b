import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CulpritError } from '../contract/culprit-error.ts';
import { type FixTrial, fixTrialSchema } from '../contract/fix.ts';
import { plainIssue } from '../contract/plain-issue.ts';
import { readRunFile } from '../platform/run-file.ts';

/** What was tried before, oldest first; nothing where there is no such file. Throws `invalid_input` with file and line. */
export function readTrials(path: string): readonly FixTrial[] {
  if (!existsSync(path)) return [];
  const text = readRunFile(path);
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .flatMap((line, index) => (line === '' ? [] : [trialIn(line, `${path}:${index + 1}`)]));
}

function trialIn(line: string, place: string): FixTrial {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw fault(place, `not valid JSON (${String(error)})`, error);
  }
  const { success, data, error } = fixTrialSchema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw fault(place, issue === undefined ? 'not a trial' : plainIssue(issue), error);
}

const fault = (place: string, what: string, cause: unknown): CulpritError =>
  new CulpritError('invalid_input', `${place}: ${what}. Remove the line to go on`, { cause });

/** Adds trials at the end of the file, which is made where it is missing. Throws `unwritable_file`. */
export function addTrials(path: string, trials: readonly FixTrial[]): void {
  if (trials.length === 0) return;
  try {
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, trials.map((trial) => `${JSON.stringify(trial)}\n`).join(''), {
      mode: 0o600,
    });
  } catch (error) {
    throw unwritable(path, error);
  }
}

const unwritable = (path: string, cause: unknown): CulpritError =>
  new CulpritError('unwritable_file', `${path}: cannot be written (${String(cause)})`, { cause });
