import { lazy } from 'react';
import type { Screen } from '../screen.ts';

/** The page is loaded when it is opened: it has charts that few pages have. */
export const versionsScreen: Screen = {
  path: '/versions',
  name: 'Versions',
  icon: 'versions',
  needsAnalysis: false,
  keys: [
    ['j k', 'next, previous version'],
    ['Enter', 'compare with the one before'],
    ['c', 'compare the two'],
  ],
  view: lazy(async () => ({ default: (await import('./Versions.tsx')).Versions })),
};
