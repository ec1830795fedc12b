import { lazy, Suspense } from 'react';
import type { Screen } from '../screen.ts';

const Label = lazy(async () => ({ default: (await import('./Label.tsx')).Label }));

export const labelScreen: Screen = {
  path: '/label',
  name: 'Label',
  icon: 'label',
  needsAnalysis: false,
  keys: [
    ['a e x', 'accept, edit, reject the proposal'],
    ['1–9', 'category; again for the next below it'],
    ['r b s w', 'real failure, bad item, setup error, wrong label'],
    ['Enter', 'save'],
    ['n', 'note'],
    ['i', 'code the selected words'],
    ['d', 'defer'],
    ['u', 'undo'],
    ['j k', 'next, previous'],
    ['g', 'open the trace or cause'],
  ],
  view: () => (
    <Suspense fallback={<h1 tabIndex={-1}>Label</h1>}>
      <Label />
    </Suspense>
  ),
};
