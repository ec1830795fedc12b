import { CulpritError } from '../../contract/culprit-error.ts';
import { type Options, resolveOptions } from '../../contract/options.ts';
import { parseViews } from '../../embed/embed.ts';

/** What a session cannot have, and why. */
export const ABSENT_OPTIONS: Readonly<Record<string, string>> = {
  columns: 'stored traces have no columns to name',
  redact: 'what is stored was redacted on receipt, as the settings of the project say',
  redactSalt: 'what is stored was redacted on receipt, as the settings of the project say',
  checks: 'sessions ask no model',
  judgeFailures: 'sessions ask no model',
  judgePassing: 'sessions ask no model',
};

/** Embedders that need no key and no download. */
const EMBEDDERS: ReadonlySet<string> = new Set(['static', 'lexical']);

/**
 * Options of a session, with the defaults of `culprit analyze` filled in.
 * @throws CulpritError `invalid_option` as `culprit analyze` does, and for options that have no effect here.
 */
export function sessionOptions(given: Readonly<Record<string, unknown>>): Options {
  const absent = Object.keys(given).find((name) => name in ABSENT_OPTIONS);
  if (absent !== undefined)
    throw invalid(absent, `has no effect: ${ABSENT_OPTIONS[absent]}. Leave it out`);
  const options = resolveOptions(given);
  if (!EMBEDDERS.has(options.embedder))
    throw invalid('embedder', `${options.embedder} is not there; use static or lexical`);
  parseViews(options.view);
  return options;
}

const invalid = (option: string, why: string): CulpritError =>
  new CulpritError('invalid_option', `${option}: ${why}`, { option });
