import { shellWord } from '../text/shell-word.ts';

/** A command as it was given, to which advice adds options. */
export interface GivenCommand {
  /** The command with these arguments added, ready to be pasted into a shell; null where it cannot be run again. */
  readonly with: (...added: readonly string[]) => string | null;
}

const LONGEST = 160;

/**
 * @param given the arguments after `culprit`. Standard input cannot be read again, and a list of files that
 * fills the screen is no advice.
 */
export function givenCommand(given: readonly string[]): GivenCommand {
  return {
    with: (...added) => {
      const text = ['culprit', ...[...given, ...added].map(shellWord)].join(' ');
      return given.includes('-') || text.length > LONGEST ? null : text;
    },
  };
}
