import type { ReactNode } from 'react';
import type { Route } from './model/route.ts';
import type { RunModel } from './model/run-model.ts';
import { AboutPage } from './views/AboutPage.tsx';
import { CasePage } from './views/CasePage.tsx';
import { CasesPage } from './views/CasesPage.tsx';
import { VerdictPage } from './views/VerdictPage.tsx';

/** What an address shows of a run. */
export function RunScreen(props: { readonly model: RunModel; readonly route: Route }): ReactNode {
  const { model, route } = props;
  switch (route.kind) {
    case 'home':
      return <VerdictPage model={model} />;
    case 'cases':
      return <CasesPage model={model} filter={route.filter} />;
    case 'case':
      return <CasePage model={model} route={route} />;
    case 'about':
      return <AboutPage data={model.data} />;
  }
}
