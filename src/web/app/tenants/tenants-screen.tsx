import { lazy, Suspense } from 'react';
import type { Screen } from '../screen.ts';

const TenantsOfProject = lazy(async () => ({
  default: (await import('./TenantsOfProject.tsx')).TenantsOfProject,
}));

export const tenantsScreen: Screen = {
  path: '/tenants',
  name: 'Tenants',
  icon: 'tenants',
  needsAnalysis: false,
  keys: [['s', 'share a report', 'POST /shared-links']],
  view: () => (
    <Suspense fallback={<h1 tabIndex={-1}>Tenants</h1>}>
      <TenantsOfProject />
    </Suspense>
  ),
};
