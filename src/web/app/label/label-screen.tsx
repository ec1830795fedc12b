import { lazy, Suspense } from 'react';
import type { Screen } from '../screen.ts';

const Label = lazy(async () => ({ default: (await import('./Label.tsx')).Label }));

/** What answering an item asks. */
const ANSWER = 'POST /items/{id}/answer';

export const labelScreen: Screen = {
  path: '/label',
  name: 'Label',
  icon: 'label',
  needsAnalysis: false,
  keys: [
    ['c', 'new queue', 'POST /queues'],
    ['a e x', 'accept, edit, reject the proposal', ANSWER],
    ['1–9', 'category; again for the next below it', ANSWER],
    ['r b s w', 'real failure, bad item, setup error, wrong label', ANSWER],
    ['Enter', 'save', ANSWER],
    ['n', 'note', ANSWER],
    ['i', 'code the selected words', ANSWER],
    ['d', 'defer', ANSWER],
    ['u', 'undo', ANSWER],
    ['j k', 'next, previous'],
    ['g', 'open the trace or cause'],
  ],
  view: () => (
    <Suspense fallback={<h1 tabIndex={-1}>Label</h1>}>
      <Label />
    </Suspense>
  ),
};
