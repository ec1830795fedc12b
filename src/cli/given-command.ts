import { shellWord } from '../text/shell-word.ts';
import { typable } from './typable.ts';

/** A command as it was given, to which advice adds options. */
export interface GivenCommand {
  /** The command with these arguments added, ready to be pasted into a shell; null where it cannot be run again. */
  readonly with: (...added: readonly string[]) => string | null;
}

const LONGEST = 160;
/** What follows is printed nowhere. */
const SECRET = '--redact-salt';

/**
 * @param given the arguments after `culprit`. Standard input cannot be read again, a secret is not printed, and a list of files that
 * fills the screen is no advice.
 */
export function givenCommand(given: readonly string[]): GivenCommand {
  return {
    with: (...added) => {
      const text = ['culprit', ...[...without(given, added[0]), ...added].map(shellWord)].join(' ');
      const cannotBeShown = given.some((word) => word === '-' || word.startsWith(SECRET));
      return cannotBeShown || text.length > LONGEST ? null : typable(text);
    },
  };
}

/** The arguments without an option that is given anew; rules add up. */
function without(given: readonly string[], option: string | undefined): readonly string[] {
  const at = option === undefined || option === '--score' ? -1 : given.indexOf(option);
  return at < 0 ? given : [...given.slice(0, at), ...given.slice(at + 2)];
}
