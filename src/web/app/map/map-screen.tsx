import { lazy, type ReactNode } from 'react';
import { useTheme } from '../../hooks/use-theme.ts';
import { useLatest, useLosses } from '../client/queries.ts';
import type { Screen } from '../screen.ts';
import { useWorkspace } from '../workspace/workspace.tsx';

/** It draws, which no other page does. */
const MapPage = lazy(async () => ({
  default: (await import('../../report/views/map/MapPage.tsx')).MapPage,
}));

/** Failures by likeness. */
function WorkspaceMap(): ReactNode {
  const { model, scoped, scope, passing, levels, toScope, toLevel } = useWorkspace();
  const { data: latest } = useLatest();
  const { data: losses } = useLosses(latest?.analysis?.id);
  const { scheme } = useTheme();
  return (
    <MapPage
      model={model}
      scoped={scoped}
      scope={scope}
      passing={passing}
      scheme={scheme}
      onScope={toScope}
      levels={levels.all}
      onLevel={toLevel}
      {...(losses !== undefined && { scores: losses.scores })}
    />
  );
}

export const mapScreen: Screen = {
  path: '/map',
  name: 'Map',
  icon: 'map',
  needsAnalysis: true,
  keys: [
    ['← → ↑ ↓', 'move'],
    ['+ -', 'zoom'],
    ['0', 'show all'],
    ['l', 'lasso'],
    ['c', 'color by'],
    ['< >', 'broader, narrower'],
    ['Esc', 'back'],
  ],
  view: WorkspaceMap,
};
