import { type ReactNode, useMemo } from 'react';
import { useNavigation } from '../../report/hooks/links.ts';
import { Home, type HomeAdditions } from '../../report/views/home/Home.tsx';
import { guardedKeys, useRefusal } from '../access/use-refusal.ts';
import { useAsking } from '../client/asking.ts';
import { DECIDE } from '../decide/use-decide.ts';
import { PROMOTE, WRITE_SUITE } from '../promote/promote-link.ts';
import { ProposalsNote } from '../proposals/ProposalsNote.tsx';
import type { Screen } from '../screen.ts';
import { AnalysisFailed } from '../shell/AnalysisFailed.tsx';
import { useWorkspace } from '../workspace/workspace.tsx';
import { AnalyzedTraces } from './AnalyzedTraces.tsx';
import { FormulaEditor } from './FormulaEditor.tsx';
import { homeColumns } from './home-columns.tsx';
import { noCausesAdvice } from './no-causes-advice.tsx';

/** Causes that nobody has to act on, under their headings. */
const HEADINGS: Readonly<Record<string, string>> = { fixed: 'Fixed, and watched', muted: 'Muted' };

/** The ranked causes of a project with what people have decided about them. */
function WorkspaceHome(): ReactNode {
  const { model, scoped, scope, lead, levels, losses, decisions, toLevel, toScope } =
    useWorkspace();
  const { address, href, go } = useNavigation();
  const refusal = useRefusal();
  const { project } = useAsking();
  const additions = useMemo(
    (): HomeAdditions => ({
      note: (
        <>
          <AnalysisFailed />
          <AnalyzedTraces />
        </>
      ),
      advice: noCausesAdvice(project),
      formula: <FormulaEditor formula={decisions.formula} />,
      columns: homeColumns({ model, decisions, losses }),
      groups({ cluster }) {
        const { state = 'new', proposal } = decisions.causes.get(cluster.id) ?? {};
        return proposal === 'rejected' ? 'Rejected' : (HEADINGS[state] ?? null);
      },
      keys: (cause) =>
        guardedKeys(refusal(WRITE_SUITE), {
          p:
            cause === null
              ? undefined
              : () => {
                  const route = { kind: 'cluster', id: cause.cluster.id } as const;
                  go(`${href({ ...address, route })}#${PROMOTE}`);
                },
        }),
    }),
    [model, decisions, losses, address, href, go, refusal, project],
  );
  return (
    <>
      <ProposalsNote />
      <Home
        model={model}
        scoped={scoped}
        scope={scope}
        lead={lead}
        levels={levels.all}
        onLevel={toLevel}
        onScope={toScope}
        additions={additions}
      />
    </>
  );
}

export const homeScreen: Screen = {
  path: '/',
  name: 'Home',
  icon: 'home',
  needsAnalysis: true,
  keys: [
    ['j k', 'next, previous cause'],
    ['Enter', 'open'],
    ['1–9', 'open by rank'],
    ['p', 'promote to a suite', WRITE_SUITE],
    ['y', 'copy as issue'],
    ['f', 'copy prompt'],
    ['[ ]', 'broader, narrower'],
    ['u', 'undo', DECIDE],
    ['/', 'search'],
  ],
  view: WorkspaceHome,
};
