import type { ReactNode } from 'react';
import { AlonePage } from '../../report/views/list/AlonePage.tsx';
import type { Screen } from '../screen.ts';
import { useWorkspace } from '../workspace/workspace.tsx';

/** Failures that are in no cause. */
function Alone(): ReactNode {
  const { model, scoped } = useWorkspace();
  return <AlonePage model={model} scoped={scoped} />;
}

export const aloneScreen: Screen = {
  path: '/alone',
  name: 'Failures without a cause',
  icon: null,
  needsAnalysis: true,
  keys: [],
  view: Alone,
};
