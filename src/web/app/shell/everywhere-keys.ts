import { UNDO } from '../decide/use-decide.ts';
import type { ScreenKey } from '../screen.ts';

/** Keys that work on every page. */
export const EVERYWHERE: readonly ScreenKey[] = [
  ['Ctrl K', 'palette: go to any page or cause, do anything'],
  ['/', 'search failures; Enter lists them'],
  ['h', 'home'],
  ['1 … 9', 'open the cause of this rank'],
  ['< >', 'broader, narrower causes'],
  ['u', 'undo your latest decision', UNDO],
  ['t', 'colors: system, light, dark'],
  ['Esc', 'back'],
  ['?', 'all keys'],
];
