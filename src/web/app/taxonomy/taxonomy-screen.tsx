import { lazy, Suspense } from 'react';
import type { Screen } from '../screen.ts';

const TaxonomyEditor = lazy(async () => ({
  default: (await import('./TaxonomyEditor.tsx')).TaxonomyEditor,
}));

export const taxonomyScreen: Screen = {
  path: '/taxonomy',
  name: 'Taxonomy',
  icon: null,
  needsAnalysis: false,
  keys: [
    ['j k', 'next, previous category'],
    ['u', 'undo the latest change', 'POST /taxonomy/changes'],
    ['Esc', 'back'],
  ],
  view: () => (
    <Suspense fallback={<h1 tabIndex={-1}>Taxonomy</h1>}>
      <TaxonomyEditor />
    </Suspense>
  ),
};
