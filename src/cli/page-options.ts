import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';

/** What the head of a page of changes has. */
export const CHANGE_TITLE = /<title>Culprit change\b/;

/** Options of commands that also write what they found as a page. */
export const pageShape = {
  out: z
    .string()
    .min(1)
    .optional()
    .describe('Also write the result as an HTML report to this file.')
    .register(commandLine, { flag: '--out <file>', group: 'Output', unset: 'none' }),

  open: z
    .boolean()
    .default(false)
    .describe('Open the report in the browser.')
    .register(commandLine, { flag: '--open', group: 'Output' }),
};

/** Throws `invalid_option` where there is nothing to open. */
export function checkPage({
  out,
  open,
}: {
  readonly out?: string | undefined;
  readonly open: boolean;
}): void {
  if (open && out === undefined)
    throw new CulpritError('invalid_option', '--open needs a report: name one with --out');
}
