import type { GivenCommandRecord } from '../contract/given-command.ts';
import { shellWord } from './shell-word.ts';

/** Where `culprit promote` puts suites unless told otherwise. */
export const SUITE_FOLDER = 'evals/';

/** The line that promotes a cause, ready to be pasted into a shell. Without the options of the analysis, other causes would be found. */
export const promoteLine = ({ files, flags }: GivenCommandRecord, cause: string): string =>
  ['culprit', 'promote', ...files, cause, ...flags, '--suite', SUITE_FOLDER]
    .map(shellWord)
    .join(' ');
