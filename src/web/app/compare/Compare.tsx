import { useRouterState } from '@tanstack/react-router';
import { type ReactNode, useMemo, useRef } from 'react';
import type { CauseChange, Diff } from '../../../contract/diff.ts';
import { moment } from '../../../text/moments.ts';
import { statementText } from '../../../text/statement.ts';
import { createDiffModel } from '../../change/model/diff-model.ts';
import { diffHash, HOME, parseDiffRoute } from '../../change/model/diff-route.ts';
import { DiffScreen } from '../../change/views/diff/DiffScreen.tsx';
import { goTo, useHash } from '../../hooks/use-hash.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { useScreenFocus } from '../../hooks/use-screen-focus.ts';
import { useTheme } from '../../hooks/use-theme.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { CurrentNavigation, HASHES, useNavigation } from '../../report/hooks/links.ts';
import { Archive, createArchive } from '../../report/hooks/use-archive.ts';
import { EVERYTHING } from '../../report/model/scope.ts';
import { Guard } from '../access/Guard.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import { useEvents } from '../client/events.ts';
import { stepText } from '../sessions/SessionState.tsx';
import { Steps } from '../sessions/Steps.tsx';
import { pathOf } from '../workspace/addresses.ts';
import { useWorkspaceOrNull } from '../workspace/workspace.tsx';
import { ChangedDefinitions, isAbout } from './ChangedDefinitions.tsx';
import {
  type Compared,
  type Comparison,
  isOpen,
  useChoices,
  useCompared,
  useComparing,
  useComparisons,
} from './compare-queries.ts';
import { SidesForm } from './SidesForm.tsx';
import { areSame, type Sides, searchOf, sidesOf, sideText, within } from './sides.ts';
import '../../change/views/change.css';
import '../../change/views/diff/diff.css';
import './compare.css';

/** What comparing asks; cancelling asks for the same scope. */
const COMPARE = 'POST /comparisons';

/** Two versions, releases or times of the stored traces: what changed from one to the other. */
export function Compare(): ReactNode {
  const { project } = useAsking();
  const { searchStr } = useRouterState({ select: (state) => state.location });
  const { go } = useNavigation();
  const asked = useMemo(() => new URLSearchParams(searchStr), [searchStr]);
  const { data: choices, error } = useChoices(within(asked));
  const { data: kept, refetch } = useComparisons();
  const { begin, cancel } = useComparing();
  const form = useRef<HTMLDivElement>(null);
  const main = useRef(document.querySelector<HTMLElement>('#main'));
  const route = parseDiffRoute(useHash());
  useScreenFocus(main, diffHash(route).split('?')[0] ?? '', '.cause-link');
  useEvents((kind) => {
    if (kind === 'comparison') void refetch();
  });
  const sides = choices === undefined ? null : sidesOf(searchStr, choices.usual);
  const comparison = sides === null ? undefined : kept?.find((each) => areSame(each.sides, sides));
  const compared = useCompared(comparison);
  const toSides = (next: Partial<Sides>): void =>
    go(`${pathOf(project, '/compare')}${searchOf(next)}`, 'replace');
  useKeys({
    ...(route.kind === 'home' && {
      v: () => form.current?.querySelector<HTMLElement>('select, input')?.focus(),
    }),
    ...(compared.data !== undefined && { m: () => goTo('#map') }),
    'Escape Backspace': () => {
      if (route.kind === 'cause' || route.kind === 'map') goTo(diffHash(HOME));
      else if (route.kind === 'home') go(pathOf(project, '/'));
    },
  });
  if (choices === undefined || kept === undefined)
    return <h1 tabIndex={-1}>{error === null ? 'One moment' : reasonOf(error)}</h1>;
  const isHome = route.kind === 'home';
  const isBusy = begin.isPending || (comparison !== undefined && isOpen(comparison));
  const failed = begin.error ?? cancel.error ?? compared.error;
  return (
    <>
      {isHome && (
        <div ref={form}>
          <SidesForm
            sides={sides ?? { by: 'release', ...within(asked) }}
            choices={choices}
            onSides={toSides}
          >
            {sides !== null && (
              <span className="actions">
                <Guard route={COMPARE} says={compared.data === undefined}>
                  {comparison !== undefined && isOpen(comparison) ? (
                    <Button onPress={() => cancel.mutate(comparison.id)}>Cancel</Button>
                  ) : (
                    <Button
                      main={comparison?.state !== 'done'}
                      onPress={() => {
                        if (isBusy) return;
                        toSides(sides);
                        begin.mutate(sides);
                      }}
                    >
                      {comparison?.state === 'done' ? 'Compare again' : 'Compare'}
                    </Button>
                  )}
                </Guard>
                {comparison?.state === 'done' && (
                  <span className="dim small">
                    Compared {moment(Date.parse(comparison.created))} UTC
                  </span>
                )}
              </span>
            )}
          </SidesForm>
        </div>
      )}
      {failed !== null && (
        <p className="fail-text" role="alert">
          {reasonOf(failed)}
        </p>
      )}
      {compared.data !== undefined ? (
        <Found key={comparison?.id} compared={compared.data} />
      ) : (
        <Waiting sides={sides} comparison={comparison} />
      )}
      {isHome && <Kept comparisons={kept} shown={comparison} />}
    </>
  );
}

/** Shown until there is a result: what to do, or how far the comparison is. */
function Waiting(props: {
  readonly sides: Sides | null;
  readonly comparison: Comparison | undefined;
}): ReactNode {
  const { sides, comparison } = props;
  if (sides === null)
    return (
      <>
        <h1 tabIndex={-1}>Nothing to compare yet</h1>
        <Empty title="No trace names two of them">
          <p>
            Record the release or the version of the prompt with your traces, or compare by time.
          </p>
        </Empty>
      </>
    );
  const title = `What changed from ${sideText(sides.by, sides.from)} to ${sideText(sides.by, sides.to)}`;
  if (comparison === undefined || comparison.state === 'done')
    return (
      <>
        <h1 tabIndex={-1}>{title}?</h1>
        <p className="dim">
          {comparison === undefined
            ? 'Both sides are analyzed together, as culprit diff does; the result is kept at this address.'
            : 'One moment'}
        </p>
      </>
    );
  if (isOpen(comparison))
    return (
      <>
        <h1 tabIndex={-1}>
          {comparison.state === 'waiting'
            ? 'This comparison waits for another one'
            : `This comparison is ${stepText(comparison)}`}
        </h1>
        <Steps work={comparison} />
      </>
    );
  return (
    <>
      <h1 tabIndex={-1}>
        {comparison.state === 'cancelled'
          ? 'This comparison was cancelled'
          : 'These sides cannot be compared'}
      </h1>
      {comparison.error !== null && (
        <p className="fail-text" role="alert">
          {comparison.error.message}.
        </p>
      )}
    </>
  );
}

const isGrown = ({ state, isMix, isNamed }: CauseChange): boolean =>
  isNamed && !isMix && (state === 'new' || state === 'grown');

/** What a comparison has found, with the screens of its report. */
function Found(props: { readonly compared: Compared }): ReactNode {
  const { compared } = props;
  const { definitions } = compared;
  const { scheme } = useTheme();
  const route = parseDiffRoute(useHash());
  const model = useMemo(() => createDiffModel(compared), [compared]);
  const archive = useMemo(() => createArchive(compared.report.archive), [compared]);
  const outer = useNavigation();
  const workspace = useWorkspaceOrNull();
  const grown = model.causes.filter(isGrown);
  return (
    <Archive value={archive}>
      <CurrentNavigation value={WITHIN}>
        <div className="change">
          <DiffScreen
            model={model}
            route={route}
            scheme={scheme}
            additions={{
              side: <ChangedDefinitions definitions={definitions} causes={grown} withCauses />,
              cause({ id }) {
                const now = workspace?.decisions.survivor(id);
                if (now === undefined || workspace?.model.clusterById.has(now) !== true)
                  return null;
                const address = { ...outer.address, route: { kind: 'cluster', id: now } } as const;
                return (
                  <a className="link" href={outer.href(address)}>
                    Open the cause
                  </a>
                );
              },
              besideCause: (cause) =>
                isGrown(cause) && (
                  <ChangedDefinitions
                    definitions={definitions.filter((each) => isAbout(each, cause))}
                    causes={[]}
                    withCauses={false}
                  />
                ),
            }}
          />
        </div>
      </CurrentNavigation>
    </Archive>
  );
}

/** Links within a comparison change only the hash: the sides stay in the address. */
const WITHIN = {
  ...HASHES,
  address: { route: { kind: 'home' }, granularity: null, scope: EVERYTHING },
} as const;

/** Other comparisons, each at its address. */
function Kept(props: {
  readonly comparisons: readonly Comparison[];
  readonly shown: Comparison | undefined;
}): ReactNode {
  const { project } = useAsking();
  const others = newestOfEach(props.comparisons).filter(({ id }) => id !== props.shown?.id);
  if (others.length === 0) return null;
  return (
    <Card title="Compared before" aside="the last twenty are kept" className="kept" flush>
      <ul>
        {others.map(({ id, sides, created, headline, state }) => (
          <li key={id}>
            <a
              className="link"
              href={`${pathOf(project, '/compare')}${searchOf(sides)}`}
              dir="auto"
            >
              {sideText(sides.by, sides.from)} → {sideText(sides.by, sides.to)}
            </a>{' '}
            <span className="dim small">
              {[sides.environment, sides.tenant, moment(Date.parse(created))]
                .filter(Boolean)
                .join(', ')}
            </span>
            <span className="second">
              {headline == null ? (
                state
              ) : (
                <Coded text={statementText(headline as Diff['headline'])} />
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const newestOfEach = (comparisons: readonly Comparison[]): readonly Comparison[] =>
  comparisons.filter(
    ({ sides }, at) => comparisons.findIndex((each) => areSame(each.sides, sides)) === at,
  );
