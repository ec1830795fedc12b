import { lazy, Suspense } from 'react';
import type { Screen } from '../screen.ts';

const AgreementAndCoding = lazy(async () => ({
  default: (await import('./AgreementAndCoding.tsx')).AgreementAndCoding,
}));

export const agreementScreen: Screen = {
  path: '/agreement',
  name: 'Agreement and coding',
  icon: null,
  needsAnalysis: false,
  keys: [['Esc', 'back']],
  view: () => (
    <Suspense fallback={<h1 tabIndex={-1}>Agreement</h1>}>
      <AgreementAndCoding />
    </Suspense>
  ),
};
