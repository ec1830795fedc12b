import type { ReactNode } from 'react';
import { RunPage } from '../../report/views/run/RunPage.tsx';
import type { Screen } from '../screen.ts';
import { AnalysisFailed } from '../shell/AnalysisFailed.tsx';
import { useWorkspace } from '../workspace/workspace.tsx';

/** How the analysis was made. */
function About(): ReactNode {
  const { model } = useWorkspace();
  return (
    <>
      <AnalysisFailed />
      <RunPage model={model} />
    </>
  );
}

export const aboutScreen: Screen = {
  path: '/about',
  name: 'How this was made',
  icon: null,
  needsAnalysis: true,
  keys: [],
  view: About,
};
