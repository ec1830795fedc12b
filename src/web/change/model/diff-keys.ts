import type { KeyHelp, KeySection } from '../../shell/key-help.ts';
import type { DiffRoute } from './diff-route.ts';

const KEYS: Readonly<Record<DiffRoute['kind'] | 'everywhere', readonly KeyHelp[]>> = {
  everywhere: [
    ['/', 'find a cause'],
    ['h', 'what changed'],
    ['m', 'map'],
    ['t', 'colors: system, light, dark'],
    ['Esc', 'back'],
    ['?', 'all keys'],
  ],
  home: [
    ['j k', 'next, previous cause'],
    ['Enter', 'open'],
    ['u', 'unfold all'],
    ['w', 'what differs'],
    ['y', 'copy for the pull request'],
    ['m', 'map'],
  ],
  cause: [
    ['j k', 'next, previous cause'],
    ['{ }', 'previous, next failure before'],
    ['[ ]', 'previous, next failure after'],
    ['e', 'next evidence'],
    ['Esc', 'back'],
  ],
  trace: [
    ['j k', 'next, previous step'],
    ['n p', 'next, previous trace'],
    ['e', 'next evidence'],
    ['r', 'raw JSON'],
    ['y', 'copy id'],
    ['Esc', 'back to the cause'],
  ],
  map: [
    ['1 2 3', 'before, after, both'],
    ['b', 'switch sides'],
    ['l', 'draw around failures'],
    ['+ - 0', 'zoom in, out, show all'],
    ['Esc', 'back'],
  ],
};

export const keysOf = (route: DiffRoute): readonly KeyHelp[] => KEYS[route.kind];

/** All keys, for the help. */
export const KEY_SECTIONS: readonly KeySection[] = [
  ['Everywhere', KEYS.everywhere],
  ['What changed', KEYS.home],
  ['A cause', KEYS.cause],
  ['A trace', KEYS.trace],
  ['Map', KEYS.map],
];
