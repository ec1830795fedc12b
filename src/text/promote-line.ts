import { shellWord } from './shell-word.ts';

/** Where `culprit promote` puts suites unless told otherwise. */
export const SUITE_FOLDER = 'evals/';

/**
 * The line that promotes a cause, ready to be pasted into a shell. `files` are those of the analysis, `flags` the options
 * that it was made with, one word each; without them the same causes would not be found.
 */
export const promoteLine = (
  files: readonly string[],
  cause: string,
  flags: readonly string[] = [],
): string =>
  ['culprit', 'promote', ...files, cause, ...flags, '--suite', SUITE_FOLDER]
    .map(shellWord)
    .join(' ');
