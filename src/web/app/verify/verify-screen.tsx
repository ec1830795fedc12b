import { lazy } from 'react';
import type { Screen } from '../screen.ts';

const Verify = lazy(async () => ({ default: (await import('./Verify.tsx')).Verify }));
const Run = lazy(async () => ({ default: (await import('./Run.tsx')).Run }));

export const verifyScreen: Screen = {
  path: '/verify',
  name: 'Verify',
  icon: 'verdict',
  needsAnalysis: false,
  keys: [
    ['j k', 'next, previous run'],
    ['Enter', 'open'],
    ['y', 'copy the command that runs the suites'],
    ['Esc', 'back'],
  ],
  view: () => <Verify />,
};

export const runScreen: Screen = {
  path: '/verify/$run',
  name: 'Run',
  icon: null,
  needsAnalysis: false,
  parent: '/verify',
  keys: [
    ['j k', 'next, previous case'],
    ['Enter', 'open; before and after'],
    ['c', 'all cases'],
    ['[ ]', 'other attempts on the right'],
    ['{ }', 'the same on the left'],
    ['e', 'next evidence'],
    ['y', 'copy'],
    ['Esc', 'back'],
  ],
  view: () => <Run />,
};
