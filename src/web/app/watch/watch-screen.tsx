import { lazy } from 'react';
import type { Screen } from '../screen.ts';

export const watchScreen: Screen = {
  path: '/watch',
  name: 'Watch',
  icon: 'watch',
  needsAnalysis: false,
  keys: [
    ['n', 'new watcher'],
    ['Tab', 'next watcher'],
    ['Enter', 'open'],
  ],
  view: lazy(async () => ({ default: (await import('./Watch.tsx')).Watch })),
};
