import { type ReactNode, useState } from 'react';
import { count, plural } from '../../../../text/format.ts';
import { span } from '../../../../text/moments.ts';
import { nextEvidence } from '../../../conversation/next-evidence.ts';
import { type KeyMap, useKeys } from '../../../hooks/use-keys.ts';
import { Button } from '../../../parts/Button.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { Icon } from '../../../parts/Icon.tsx';
import { PasteLine } from '../../../parts/PasteLine.tsx';
import { Severity } from '../../../parts/Severity.tsx';
import { Tag } from '../../../parts/Tag.tsx';
import { useGo, useLink } from '../../hooks/links.ts';
import { useCauseActions } from '../../hooks/use-cause-actions.ts';
import { claimKind } from '../../model/claim-kind.ts';
import type { Levels } from '../../model/levels.ts';
import type { ReportModel } from '../../model/report-model.ts';
import type { Scope } from '../../model/scope.ts';
import { type Scoped, type ScopedCause, unscopedCause } from '../../model/scoped.ts';
import { seenIn } from '../../model/trend.ts';
import { withPeriod } from '../../model/with-period.ts';
import { wordsOf } from '../../model/words.ts';
import { TraceList } from '../list/TraceList.tsx';
import { AlsoMeets } from './AlsoMeets.tsx';
import { Believe } from './Believe.tsx';
import { CauseFigures } from './CauseFigures.tsx';
import { Differs } from './Differs.tsx';
import { Example } from './Example.tsx';
import { HowMade } from './HowMade.tsx';
import { OtherLevels } from './OtherLevels.tsx';
import { Proposed } from './Proposed.tsx';
import { Where } from './Where.tsx';
import { WhyHere } from './WhyHere.tsx';

/** What a page that keeps decisions adds to a cause. */
export interface CauseAdditions {
  /** In place of severity, layer and fix cost, which can be changed there. */
  readonly decided: ReactNode;
  /** More buttons. */
  readonly actions: ReactNode;
  /** The command that keeps it fixed. */
  readonly promote: ReactNode;
  /** In place of what a model proposed in the analysis. */
  readonly proposed: ReactNode;
  /** In place of where it occurs: by version, by tenant and over time. */
  readonly where: ReactNode;
  /** In place of the list of its failures. */
  readonly members: ReactNode;
  /** After what is beside the examples. */
  readonly side: ReactNode;
  readonly figures: ReactNode;
  readonly keys: KeyMap;
}

/** One cause: a failing trace beside one that passes, why to believe it, where it occurs, and what to do with it. */
export function CausePage(props: {
  readonly levels: Levels;
  readonly model: ReportModel;
  readonly scoped: Scoped;
  readonly scope: Scope;
  /** In the order of the list. */
  readonly causes: readonly ScopedCause[];
  /** Position in `causes`, -1 for none. */
  readonly at: number;
  readonly id: string;
  readonly additions?: CauseAdditions;
}): ReactNode {
  const { levels, model, scoped, scope, causes, at, id, additions } = props;
  const link = useLink();
  const go = useGo();
  const [example, setExample] = useState(0);
  const cause = causes[at] ?? outsideScope(model, id);
  const actions = useCauseActions(model, cause);
  const words = wordsOf(model.analysis);
  const examples = cause === null ? 0 : examplesOf(model, cause).length;
  const step = (by: 1 | -1): void => {
    const next = causes[at + by];
    if (next !== undefined) go(link({ kind: 'cluster', id: next.cluster.id }), 'replace');
  };
  const turn = (by: 1 | -1): void =>
    setExample((old) => Math.min(examples - 1, Math.max(0, old + by)));
  useKeys({
    ...(causes.length > 1 && { 'j ArrowRight': () => step(1), 'k ArrowLeft': () => step(-1) }),
    ...(examples > 1 && { '[': () => turn(-1), ']': () => turn(1) }),
    e: nextEvidence,
    'Enter o': () => {
      const trace = cause === null ? undefined : examplesOf(model, cause)[example];
      if (trace !== undefined) go(link({ kind: 'trace', id: trace }));
    },
    ...actions.keys,
    ...additions?.keys,
  });
  if (cause === null)
    return (
      <>
        <h1 tabIndex={-1}>No such {words.cause} in this report</h1>
        <Empty title="The link leads to another report, or to another level of this one">
          <p>
            <a className="link" href={link({ kind: 'home' })}>
              All {words.causes}
            </a>
          </p>
        </Empty>
      </>
    );
  const { cluster } = cause;
  const seen = seenIn(model, cause.members);
  const kind = claimKind(model, cause);
  const said = cluster.contrasts[0]?.sentence ?? null;
  const rank = scoped.ranked.indexOf(cause);
  return (
    <article>
      <p className="crumbs">
        <a href={link({ kind: 'home' })}>{words.Causes}</a> /{' '}
        {rank < 0 ? 'not ranked' : `${rank + 1} of ${count(scoped.ranked.length)}`}
        <span className="crumbs-end">
          <StepButton
            label="Previous cause"
            icon="previous"
            by={-1}
            at={at}
            of={causes.length}
            onStep={step}
          />
          <StepButton
            label="Next cause"
            icon="next"
            by={1}
            at={at}
            of={causes.length}
            onStep={step}
          />
        </span>
      </p>
      <h1 tabIndex={-1}>
        <Coded text={cluster.title} />
      </h1>
      {said !== null && (
        <p className="cause-said">
          <Coded text={withPeriod(said)} />
        </p>
      )}
      <p className="meta cause-meta">
        {kind !== null && <Tag kind={kind.isSure ? undefined : 'unsure'}>{kind.text}</Tag>}
        {additions === undefined && cluster.severity !== null && (
          <Severity value={cluster.severity} />
        )}
        {additions === undefined &&
          !words.isAll &&
          (cluster.layer !== 'unknown' || cluster.usualLayer !== 'unknown') && (
            <span>
              {cluster.layer === 'unknown' ? 'Usually fixed in' : 'Fix in'}{' '}
              <b>{cluster.layer === 'unknown' ? cluster.usualLayer : cluster.layer}</b>
            </span>
          )}
        {additions === undefined && cluster.fixCost !== null && (
          <span>
            Fix cost <b>{cluster.fixCost}</b>
          </span>
        )}
        {cluster.badges.map((badge) => (
          <Tag key={badge.text} kind="new">
            {badge.text}
          </Tag>
        ))}
        {seen !== null && <span className="dim">Seen {span(seen[0], seen[1])}</span>}
      </p>
      {additions?.decided}
      <CauseFigures model={model} cause={cause}>
        {additions?.figures}
      </CauseFigures>
      <div className="actions cause-actions">
        {!words.isAll && (
          <>
            <Button main shortcut="f" onPress={actions.copyPrompt}>
              Copy prompt for a coding agent
            </Button>
            <Button shortcut="y" onPress={actions.copyIssue}>
              Copy as issue
            </Button>
          </>
        )}
        <Button {...(additions === undefined && { shortcut: 'x' })} onPress={actions.exportTraces}>
          Export traces
        </Button>
        {additions?.actions}
      </div>
      {additions?.promote}
      {additions === undefined && actions.promoteLine !== null && (
        <PasteLine
          label="Keep it fixed"
          line={actions.promoteLine}
          shortcut="p"
          onCopy={actions.copyPromote}
        />
      )}
      <div className="columns">
        <div className="stack">
          <Example
            model={model}
            cause={cause}
            ids={examplesOf(model, cause)}
            at={example}
            onTurn={turn}
          />
          <WhyHere why={cluster.why} />
          {additions?.proposed ?? <Proposed narrative={cluster.narrative} />}
          <div className="three">
            {additions?.where ?? <Where model={model} cause={cause} scope={scope} />}
          </div>
          {additions?.members ?? (
            <Card
              title={
                <>
                  {words.isAll ? 'Its traces' : 'Its failures'}{' '}
                  <span className="dim">{count(cause.members.length)}</span>
                </>
              }
              aside={
                cluster.size < cluster.population
                  ? `of about ${plural(cluster.population, words.failure)}, most certain first`
                  : 'most certain first'
              }
              flush
            >
              <TraceList
                model={model}
                failures={cause.members}
                label={`Traces of this ${words.cause}`}
                withCause={false}
              />
            </Card>
          )}
        </div>
        <div className="stack">
          <Believe model={model} cause={cause} />
          <Differs contrasts={cluster.contrasts} />
          <AlsoMeets model={model} cause={cause} />
          <OtherLevels levels={levels} model={model} position={cause.position} />
          {additions?.side}
          <HowMade model={model} cluster={cluster} />
        </div>
      </div>
    </article>
  );
}

/** Failing traces to show: those beside a passing one, or else all whose messages are here. */
function examplesOf(model: ReportModel, { cluster }: ScopedCause): readonly string[] {
  const pairs = model.pairs.get(cluster.id) ?? [];
  return pairs.length > 0 ? pairs.map(({ failing }) => failing) : cluster.exemplars;
}

/** A cause that the scope leaves out is still shown, with its members of all traces. */
function outsideScope(model: ReportModel, id: string): ScopedCause | null {
  const position = model.clusterById.get(id);
  const cluster = position === undefined ? undefined : model.clusters[position];
  if (position === undefined || cluster === undefined) return null;
  return unscopedCause(model, position, cluster);
}

function StepButton(props: {
  readonly label: string;
  readonly icon: 'previous' | 'next';
  readonly by: 1 | -1;
  readonly at: number;
  readonly of: number;
  readonly onStep: (by: 1 | -1) => void;
}): ReactNode {
  const { label, icon, by, at, of, onStep } = props;
  const next = at + by;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={`${label} (${by > 0 ? 'j' : 'k'})`}
      disabled={at < 0 || next < 0 || next >= of}
      onClick={() => onStep(by)}
    >
      <Icon name={icon} />
    </button>
  );
}
