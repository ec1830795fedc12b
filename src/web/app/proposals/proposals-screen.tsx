import { lazy, Suspense } from 'react';
import type { Screen } from '../screen.ts';

const Proposals = lazy(async () => ({ default: (await import('./Proposals.tsx')).Proposals }));

export const proposalsScreen: Screen = {
  path: '/proposals',
  name: 'Proposals',
  icon: null,
  needsAnalysis: false,
  keys: [
    ['j k', 'next, previous proposal'],
    ['a', 'accept', 'POST /proposals/accept'],
    ['x', 'reject', 'POST /proposals/reject'],
    ['n', 'look for changes', 'POST /proposals/search'],
    ['u', 'undo', 'POST /decisions'],
  ],
  view: () => (
    <Suspense fallback={<h1 tabIndex={-1}>Proposals</h1>}>
      <Proposals />
    </Suspense>
  ),
};
