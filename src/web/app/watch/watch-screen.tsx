import { lazy, Suspense } from 'react';
import type { Screen } from '../screen.ts';

const Watch = lazy(async () => ({ default: (await import('./Watch.tsx')).Watch }));

export const watchScreen: Screen = {
  path: '/watch',
  name: 'Watch',
  icon: 'watch',
  needsAnalysis: false,
  keys: [
    ['n', 'new watcher', 'PUT /watchers/{id}'],
    ['j k', 'next, previous watcher'],
    ['Enter', 'open'],
  ],
  view: () => (
    <Suspense fallback={<h1 tabIndex={-1}>Watch</h1>}>
      <Watch />
    </Suspense>
  ),
};
