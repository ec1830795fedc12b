import { CulpritError } from '../contract/culprit-error.ts';

/** Help of `--yes`. */
export const MEANT = 'Do it: what is stored now is lost.';

/**
 * Nothing is lost by a command that was typed too soon, or run to see what it says.
 * @param what What the command does, as a sentence.
 * @throws CulpritError `invalid_option` without `--yes`.
 */
export function checkMeant(isMeant: boolean, what: string): void {
  if (!isMeant) throw new CulpritError('invalid_option', `${what}: add --yes to do it`);
}
