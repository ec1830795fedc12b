import type { KeyHelp, KeySection } from '../../shell/key-help.ts';
import type { Route } from './route.ts';

type Screen = Exclude<Route['kind'], 'noise'> | 'everywhere';

/** Keys that speak of a fix, which a group of traces does not need. */
const OF_A_FIX: ReadonlySet<string> = new Set(['y', 'f']);

/** The keys of a screen. `p` needs a command that finds the causes again. */
export const keysOf = (
  route: Route,
  { isAll, isPromotable }: { readonly isAll: boolean; readonly isPromotable: boolean },
): readonly KeyHelp[] =>
  KEYS[route.kind === 'noise' ? 'traces' : route.kind].filter(
    ([keys]) =>
      (isPromotable || keys !== 'p') && (!isAll || route.kind === 'trace' || !OF_A_FIX.has(keys)),
  );

/** Every key of every screen. */
const KEYS: Readonly<Record<Screen, readonly KeyHelp[]>> = {
  everywhere: [
    ['/', 'search all text; Enter lists the matches'],
    ['h', 'home'],
    ['m', 'map'],
    ['1 … 9', 'open the cause of this rank'],
    ['< >', 'broader, narrower causes'],
    ['t', 'colors: system, light, dark'],
    ['Esc', 'back'],
    ['?', 'all keys'],
  ],
  home: [
    ['j k', 'next, previous cause'],
    ['Enter', 'open'],
    ['1–9', 'open by rank'],
    ['y', 'copy as issue'],
    ['f', 'copy prompt'],
    ['p', 'copy promote command'],
    ['x', 'export traces'],
    ['[ ]', 'broader, narrower'],
    ['/', 'search'],
  ],
  cluster: [
    ['j k', 'next, previous cause'],
    ['[ ]', 'previous, next pair'],
    ['e', 'next evidence'],
    ['y', 'copy as issue'],
    ['f', 'copy prompt for a coding agent'],
    ['p', 'copy the command that keeps it fixed'],
    ['x', 'export traces'],
    ['Enter', 'open the trace'],
    ['Esc', 'back'],
  ],
  trace: [
    ['j k', 'next, previous step'],
    ['← →', 'previous, next trace'],
    ['e', 'next evidence'],
    ['r', 'raw JSON'],
    ['b', 'beside a passing trace'],
    ['y', 'copy id'],
    ['g', 'go to cause'],
    ['Esc', 'back'],
  ],
  traces: [
    ['Tab', 'next trace'],
    ['Enter', 'open'],
    ['y', 'copy ids'],
    ['/', 'search'],
    ['Esc', 'back'],
  ],
  map: [
    ['← → ↑ ↓', 'move'],
    ['+ -', 'zoom'],
    ['0', 'show all'],
    ['l', 'lasso'],
    ['c', 'color by'],
    ['Esc', 'back'],
  ],
  run: [
    ['h', 'home'],
    ['Esc', 'back'],
  ],
};

/** All keys, for the help. */
export const KEY_SECTIONS: readonly KeySection[] = [
  ['Everywhere', KEYS.everywhere],
  ['Home', KEYS.home],
  ['A cause', KEYS.cluster],
  ['A trace', KEYS.trace],
  ['Map', KEYS.map],
];
