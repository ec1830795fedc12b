import type { ReactNode } from 'react';
import { TracesPage } from '../../report/views/list/TracesPage.tsx';
import type { Screen } from '../screen.ts';
import { useWorkspace } from '../workspace/workspace.tsx';
import { FailureActions } from './FailureActions.tsx';

/** The failures that the analysis looked at, in the part that the address names. */
function Failures(): ReactNode {
  const { model, scoped, scope } = useWorkspace();
  return (
    <TracesPage
      model={model}
      scoped={scoped}
      scope={scope}
      actions={(failures) => <FailureActions failures={failures} />}
    />
  );
}

export const failuresScreen: Screen = {
  path: '/failures',
  name: 'Failures',
  icon: null,
  needsAnalysis: true,
  keys: [
    ['Tab', 'next failure'],
    ['Enter', 'open'],
    ['n', 'new cause'],
    ['q', 'add to a queue'],
    ['l', 'label'],
    ['x', 'exclude'],
    ['y', 'copy ids'],
    ['/', 'search'],
    ['Esc', 'back'],
  ],
  view: Failures,
};
