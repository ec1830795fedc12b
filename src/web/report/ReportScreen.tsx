import type { ReactNode } from 'react';
import type { Scheme } from '../parts/palette.ts';
import type { Lead } from './model/lead.ts';
import type { Levels } from './model/levels.ts';
import type { ReportModel } from './model/report-model.ts';
import type { Route } from './model/route.ts';
import type { Scope } from './model/scope.ts';
import type { Scoped } from './model/scoped.ts';
import { CausePage } from './views/cause/CausePage.tsx';
import { Home } from './views/home/Home.tsx';
import { AlonePage } from './views/list/AlonePage.tsx';
import { TracesPage } from './views/list/TracesPage.tsx';
import { MapPage } from './views/map/MapPage.tsx';
import { RunPage } from './views/run/RunPage.tsx';
import { TracePage } from './views/trace/TracePage.tsx';

/** The screen of one analysis that a route names. */
export function ReportScreen(props: {
  readonly levels: Levels;
  readonly model: ReportModel;
  readonly scoped: Scoped;
  readonly passing: Uint8Array;
  readonly scope: Scope;
  readonly lead: Lead;
  readonly route: Route;
  readonly scheme: Scheme;
  readonly onLevel: (level: number) => void;
  readonly onScope: (scope: Scope) => void;
}): ReactNode {
  const { levels, model, scoped, passing, scope, lead, route, scheme, onLevel, onScope } = props;
  switch (route.kind) {
    case 'home':
      return <Home {...{ model, scoped, scope, lead, onLevel, onScope }} levels={levels.all} />;
    case 'cluster': {
      const causes = [...scoped.ranked, ...scoped.unexplained];
      const at = causes.findIndex(({ cluster }) => cluster.id === route.id);
      return (
        <CausePage key={route.id} {...{ levels, model, scoped, scope, causes, at }} id={route.id} />
      );
    }
    case 'trace':
      return <TracePage key={route.id} {...{ model, scoped }} id={route.id} />;
    case 'traces':
      return <TracesPage {...{ model, scoped, scope }} />;
    case 'noise':
      return <AlonePage {...{ model, scoped }} />;
    case 'map':
      return (
        <MapPage
          {...{ model, scoped, scope, passing, scheme, onScope, onLevel }}
          levels={levels.all}
        />
      );
    case 'run':
      return <RunPage model={model} />;
  }
}
