import { useRouterState } from '@tanstack/react-router';
import { lazy, type ReactNode, useState } from 'react';
import type { CauseDecisions } from '../../../contract/decision.ts';
import { type Lost, lostBy } from '../../../decide/decide.ts';
import { plural } from '../../../text/format.ts';
import { Button } from '../../parts/Button.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { type ScopedCause, unscopedCause } from '../../report/model/scoped.ts';
import { wordsOf } from '../../report/model/words.ts';
import { Figure } from '../../report/views/cause/CauseFigures.tsx';
import { CausePage } from '../../report/views/cause/CausePage.tsx';
import { Where } from '../../report/views/cause/Where.tsx';
import { Guard } from '../access/Guard.tsx';
import { guardedKeys, useRefusal } from '../access/use-refusal.ts';
import { DECIDE, useDecide } from '../decide/use-decide.ts';
import { cents, shortCount, shortTime } from '../home/amounts.ts';
import { KeepFixed } from '../promote/KeepFixed.tsx';
import { PROMOTE, WRITE_SUITE } from '../promote/promote-link.ts';
import type { Screen } from '../screen.ts';
import { LatePart } from '../shell/LatePart.tsx';
import { useWorkspace, type Workspace } from '../workspace/workspace.tsx';
import { CauseHistory } from './CauseHistory.tsx';
import { useNarrative } from './cause-queries.ts';
import { DecideBar } from './DecideBar.tsx';
import { EditDialog } from './EditDialog.tsx';
import { Members } from './Members.tsx';
import { MergeDialog } from './MergeDialog.tsx';
import { Merged, MergedAway } from './Merged.tsx';
import { Narrated } from './Narrated.tsx';
import { NoteDialog } from './NoteDialog.tsx';
import { NARRATE } from './narrate-route.ts';
import { proposalChanges } from './proposal-changes.ts';

type Open = 'edit' | 'merge' | 'note' | 'fix' | null;

// Loaded with the page that shows them, not with the first view.
const Occurrence = lazy(async () => ({ default: (await import('./Occurrence.tsx')).Occurrence }));
const FixCard = lazy(async () => ({ default: (await import('./FixCard.tsx')).FixCard }));
const SuggestionCard = lazy(async () => ({
  default: (await import('./SuggestionCard.tsx')).SuggestionCard,
}));
const FixDialog = lazy(async () => ({ default: (await import('./FixDialog.tsx')).FixDialog }));
const PromoteDialog = lazy(async () => ({
  default: (await import('../promote/PromoteDialog.tsx')).PromoteDialog,
}));

/** One cause: what the report shows of it, and what people decide about it. */
function Cause(): ReactNode {
  const workspace = useWorkspace();
  const { levels, model, scoped, scope, causes, losses, decisions } = workspace;
  const { address, href, go } = useNavigation();
  const isPromoting = useRouterState({ select: ({ location }) => location.hash }) === PROMOTE;
  const { decide } = useDecide();
  const refusal = useRefusal();
  const [open, setOpen] = useState<Open>(null);
  const [isSelecting, setSelecting] = useState(false);
  const id = address.route.kind === 'cluster' ? address.route.id : '';
  const { told, ask, failed } = useNarrative(id);
  const survivor = decisions.survivor(id);
  if (survivor !== id && !model.clusterById.has(id))
    return <MergedAway id={id} survivor={survivor} />;
  const at = causes.findIndex(({ cluster }) => cluster.id === id);
  const cause = causes[at] ?? causeOutside(workspace, id);
  const own: CauseDecisions = decisions.causes.get(id) ?? {};
  const lost =
    losses === null || cause === null ? null : lostBy(losses, model.failures, cause.members);
  const propose = (proposal: 'accepted' | 'rejected'): void =>
    decide(
      proposal === 'accepted' ? 'accept' : 'reject',
      proposalChanges(id, own, proposal, told?.narrative?.title ?? null),
    );
  const hasModel = typeof told?.model === 'string';
  const close = (): void => setOpen(null);
  const promote = (isOpen: boolean): void =>
    go(`${href(address)}${isOpen ? `#${PROMOTE}` : ''}`, 'replace');
  return (
    <>
      <CausePage
        key={id}
        levels={levels}
        model={model}
        scoped={scoped}
        scope={scope}
        causes={causes}
        at={at}
        id={id}
        additions={{
          decided: cause !== null && (
            <Guard route={DECIDE} says>
              <DecideBar
                cluster={cause.cluster}
                own={own}
                onPropose={propose}
                onEdit={() => setOpen('edit')}
                onFixed={() => setOpen('fix')}
              />
            </Guard>
          ),
          promote: cause !== null && <KeepFixed cause={id} onPromote={() => promote(true)} />,
          figures: cause !== null && <LossFigures lost={lost} traces={cause.population} />,
          actions: (
            <Guard route={DECIDE}>
              <span className="actions-line" />
              <Button shortcut="m" onPress={() => setOpen('merge')}>
                Merge
              </Button>
              <Button shortcut="s" pressed={isSelecting} onPress={() => setSelecting(!isSelecting)}>
                Split, move
              </Button>
              <Button shortcut="n" onPress={() => setOpen('note')}>
                Note
              </Button>
              {hasModel && (
                <Button shortcut="w" onPress={ask}>
                  Ask a model
                </Button>
              )}
            </Guard>
          ),
          proposed: <Narrated told={told} failed={failed} title={own.title} />,
          where: cause !== null && <Counted id={id} cause={cause} workspace={workspace} />,
          members: cause !== null && (
            <Members cause={cause} isSelecting={isSelecting} onSelecting={setSelecting} />
          ),
          side: (
            <>
              <LatePart>
                <SuggestionCard id={id} note={own.note ?? null} />
                <FixCard id={id} />
              </LatePart>
              <Merged id={id} />
              <CauseHistory id={id} note={own.note ?? null} />
            </>
          ),
          keys: {
            ...guardedKeys(refusal(DECIDE), {
              a: () => propose('accepted'),
              e: () => setOpen('edit'),
              x: () => propose('rejected'),
              m: () => setOpen('merge'),
              s: () => setSelecting(!isSelecting),
              n: () => setOpen('note'),
            }),
            ...(hasModel && guardedKeys(refusal(NARRATE), { w: ask })),
            ...guardedKeys(refusal(WRITE_SUITE), { p: () => promote(true) }),
          },
        }}
      />
      {cause !== null && isPromoting && refusal(WRITE_SUITE) === null && (
        <LatePart>
          <PromoteDialog key={id} cluster={cause.cluster} onClose={() => promote(false)} />
        </LatePart>
      )}
      {cause !== null && (
        <>
          <EditDialog cluster={cause.cluster} isOpen={open === 'edit'} onClose={close} />
          <MergeDialog cluster={cause.cluster} isOpen={open === 'merge'} onClose={close} />
          <NoteDialog id={id} note={own.note ?? ''} isOpen={open === 'note'} onClose={close} />
          {open === 'fix' && (
            <LatePart>
              <FixDialog id={id} onClose={close} />
            </LatePart>
          )}
        </>
      )}
    </>
  );
}

/** Whom the failures reached and what they cost. Has its height before the figures arrive, so that nothing moves. */
function LossFigures(props: { readonly lost: Lost | null; readonly traces: number }): ReactNode {
  const { lost, traces } = props;
  if (lost === null)
    return (
      <>
        <Figure name="Reach" note="…">
          …
        </Figure>
        <Figure name="Lost" note="…">
          …
        </Figure>
      </>
    );
  const tokens = shortCount(lost.tokens);
  const time = shortTime(lost.milliseconds);
  return (
    <>
      <Figure name="Reach" note={lost.tenants === 0 ? '' : plural(lost.tenants, 'tenant')}>
        {lost.users === 0 ? plural(traces, 'trace') : plural(lost.users, 'user')}
      </Figure>
      <Figure name="Lost" note={lost.cost === 0 ? time : `${tokens}, ${time}`}>
        {lost.cost === 0 ? tokens : cents(lost.cost)}
      </Figure>
    </>
  );
}

/** Where it occurs in all stored traces; what the analysis counted, until that is there. */
function Counted(props: {
  readonly id: string;
  readonly cause: ScopedCause;
  readonly workspace: Workspace;
}): ReactNode {
  const { id, cause, workspace } = props;
  const { model, scope } = workspace;
  const before = <Where model={model} cause={cause} scope={scope} />;
  return (
    <LatePart before={before}>
      <Occurrence id={id} words={wordsOf(model.analysis)} before={before} />
    </LatePart>
  );
}

function causeOutside({ model }: Workspace, id: string): ScopedCause | null {
  const position = model.clusterById.get(id) ?? -1;
  const cluster = model.clusters[position];
  return cluster === undefined ? null : unscopedCause(model, position, cluster);
}

export const causeScreen: Screen = {
  path: '/causes/$cause',
  name: 'Causes',
  icon: 'cause',
  needsAnalysis: true,
  keys: [
    ['a', 'accept', DECIDE],
    ['e', 'edit', DECIDE],
    ['x', 'reject', DECIDE],
    ['m', 'merge', DECIDE],
    ['s', 'split, move', DECIDE],
    ['n', 'note', DECIDE],
    ['w', 'ask a model', NARRATE],
    ['p', 'promote to a suite', WRITE_SUITE],
    ['y', 'copy as issue'],
    ['f', 'copy prompt'],
    ['[ ]', 'previous, next pair'],
    ['j k', 'next, previous cause'],
    ['u', 'undo', DECIDE],
  ],
  view: Cause,
};
