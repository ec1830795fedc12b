import type { ReactNode } from 'react';
import { TracesPage } from '../../report/views/list/TracesPage.tsx';
import { DECIDE } from '../decide/use-decide.ts';
import type { Screen } from '../screen.ts';
import { useWorkspace } from '../workspace/workspace.tsx';
import { ADD, FailureActions, LABEL } from './FailureActions.tsx';

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
    ['n', 'new cause', DECIDE],
    ['q', 'add to a queue', ADD],
    ['l', 'label', LABEL],
    ['x', 'exclude', DECIDE],
    ['y', 'copy ids'],
    ['/', 'search'],
    ['Esc', 'back'],
  ],
  view: Failures,
};
