import type { ReactNode } from 'react';
import { RunPage } from '../../report/views/run/RunPage.tsx';
import type { Screen } from '../screen.ts';
import { useWorkspace } from '../workspace/workspace.tsx';

/** How the analysis was made. */
function About(): ReactNode {
  return <RunPage model={useWorkspace().model} />;
}

export const aboutScreen: Screen = {
  path: '/about',
  name: 'How this was made',
  icon: null,
  needsAnalysis: true,
  keys: [],
  view: About,
};
