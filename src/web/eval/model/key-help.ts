import type { KeyHelp, KeySection } from '../../shell/key-help.ts';
import type { Route } from './route.ts';

const KEYS: Readonly<Record<Route['kind'] | 'everywhere', readonly KeyHelp[]>> = {
  everywhere: [
    ['/', 'search the cases'],
    ['h', 'verdict'],
    ['c', 'all cases'],
    ['t', 'colors: system, light, dark'],
    ['Esc', 'back'],
    ['?', 'all keys'],
  ],
  home: [
    ['j k', 'next, previous case'],
    ['Enter', 'open'],
    ['c', 'all cases'],
    ['/', 'search'],
  ],
  cases: [
    ['j k', 'next, previous case'],
    ['Enter', 'open'],
    ['/', 'search'],
    ['Esc', 'back'],
  ],
  case: [
    ['j k', 'next, previous case'],
    ['[ ]', 'previous, next attempt on the right'],
    ['{ }', 'the same on the left'],
    ['e', 'next evidence'],
    ['y', 'copy id'],
    ['Esc', 'back'],
  ],
  about: [
    ['h', 'verdict'],
    ['Esc', 'back'],
  ],
};

export const keysOf = (route: Route): readonly KeyHelp[] => KEYS[route.kind];

/** All keys, for the help. */
export const KEY_SECTIONS: readonly KeySection[] = [
  ['Everywhere', KEYS.everywhere],
  ['Verdict and cases', KEYS.home],
  ['A case', KEYS.case],
];
