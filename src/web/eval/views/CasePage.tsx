import { type ReactNode, useMemo } from 'react';
import type {
  AttemptPlace,
  ReportedAttempt,
  ReportedAttempts,
} from '../../../contract/eval-report.ts';
import { count } from '../../../text/format.ts';
import { nextEvidence } from '../../conversation/next-evidence.ts';
import { copy } from '../../hooks/copy.ts';
import { goTo } from '../../hooks/use-hash.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { attemptAt } from '../model/compare.ts';
import { hashOf, NO_FILTER, type Route } from '../model/route.ts';
import type { RunModel, ShownCase } from '../model/run-model.ts';
import { CASE_WORDS, kindOf, saidOf } from '../model/words.ts';
import { AttemptChips, type Choice, isSame } from './AttemptChips.tsx';
import { AttemptFacts } from './AttemptFacts.tsx';
import { CheckList } from './CheckList.tsx';
import { ComparedAttempts } from './ComparedAttempts.tsx';

/** One case: its attempts, two of them side by side, and what the checks say. */
export function CasePage(props: {
  readonly model: RunModel;
  readonly route: Extract<Route, { kind: 'case' }>;
}): ReactNode {
  const { model, route } = props;
  const shown = model.caseAt(route.cause, route.id);
  if (shown === null)
    return (
      <>
        <h1 tabIndex={-1}>No such case in this run</h1>
        <Empty title="The link leads to another run">
          <p>
            <a className="link" href={hashOf({ kind: 'cases', filter: NO_FILTER })}>
              All cases
            </a>
          </p>
        </Empty>
      </>
    );
  return <Shown model={model} shown={shown} route={route} />;
}

function Shown(props: {
  readonly model: RunModel;
  readonly shown: ShownCase;
  readonly route: Extract<Route, { kind: 'case' }>;
}): ReactNode {
  const { model, shown, route } = props;
  const { cause, own } = shown;
  const attempts = useMemo(() => model.attemptsOf(shown), [model, shown]);
  const left = route.left ?? attempts?.left ?? null;
  const right = route.right ?? attempts?.right ?? null;
  const [lefts, rights] = choicesOf(model, attempts);
  const at = model.cases.indexOf(shown);
  const toCase = (by: 1 | -1): void => {
    const next = model.cases[at + by];
    if (next !== undefined)
      goTo(
        hashOf({ ...route, cause: next.cause.id, id: next.own.id, left: null, right: null }),
        'replace',
      );
  };
  const choose = (side: 'left' | 'right', place: AttemptPlace): void =>
    goTo(hashOf({ ...route, [side]: place }), 'replace');
  const turn = (side: 'left' | 'right', by: 1 | -1): void => {
    const [all, now] = side === 'left' ? [lefts, left] : [rights, right];
    const next = all[all.findIndex(({ place }) => isSame(place, now)) + by];
    if (next !== undefined) choose(side, next.place);
  };
  useKeys({
    'j ArrowRight': () => toCase(1),
    'k ArrowLeft': () => toCase(-1),
    '[': () => turn('right', -1),
    ']': () => turn('right', 1),
    '{': () => turn('left', -1),
    '}': () => turn('left', 1),
    e: nextEvidence,
    y: () => copy(own.id, 'Copied the id'),
  });
  const [one, other] = [left, right].map((place) =>
    attempts === null || place === null ? null : attemptAt(attempts, place),
  );
  const { baseline, quarantined } = own;
  return (
    <article>
      <p className="crumbs">
        <a href={hashOf({ kind: 'cases', filter: NO_FILTER })}>Cases</a> / {count(at + 1)} of{' '}
        {count(model.cases.length)}
        <span className="crumbs-end">
          <StepButton
            label="Previous case"
            shortcut="k"
            icon="previous"
            isOff={at <= 0}
            onStep={() => toCase(-1)}
          />
          <StepButton
            label="Next case"
            shortcut="j"
            icon="next"
            isOff={at >= model.cases.length - 1}
            onStep={() => toCase(1)}
          />
        </span>
      </p>
      <h1 tabIndex={-1} className="case-title" dir="auto">
        {own.input === '' ? own.id : own.input}
      </h1>
      <p className="meta">
        <Tag kind={kindOf(own.verdict)}>{saidOf(own)}</Tag>
        {baseline !== null && <span>before: {CASE_WORDS[baseline.verdict]}</span>}
        {own.isRegression && <Tag kind="fail">passed before</Tag>}
        <b>{own.role}</b>
        <span>
          <Coded text={cause.title} />
        </span>
        <code className="dim">{own.id}</code>
        {quarantined !== undefined && (
          <Tag kind="unsure" title={quarantined.why}>
            quarantined until {quarantined.until}
          </Tag>
        )}
      </p>
      {attempts === null ? (
        <Empty title="The attempts at this case cannot be read">
          <p>The file is cut short or was edited.</p>
        </Empty>
      ) : (
        <>
          <div className="attempt-rows">
            <AttemptChips
              label="Left"
              choices={lefts}
              chosen={left}
              onChoose={(place) => choose('left', place)}
            />
            <AttemptChips
              label="Right"
              choices={rights}
              chosen={right}
              onChoose={(place) => choose('right', place)}
            />
          </div>
          <div className="columns">
            <div className="stack">
              <Card title="Side by side" flush>
                <ComparedAttempts model={model} attempts={attempts} left={left} right={right} />
              </Card>
            </div>
            <div className="stack">
              <CheckList left={one ?? null} right={other ?? null} />
              <AttemptFacts own={own} attempts={attempts} attempt={other ?? null} place={right} />
            </div>
          </div>
        </>
      )}
    </article>
  );
}

/** On the right attempts of this run; on the left what they can be compared with. */
function choicesOf(
  { data }: RunModel,
  attempts: ReportedAttempts | null,
): readonly [readonly Choice[], readonly Choice[]] {
  if (attempts === null) return [[], []];
  const { target, baseline } = data;
  const of = (
    arm: 'baseline' | 'candidate',
    name: string,
    all: readonly ReportedAttempt[],
  ): readonly Choice[] =>
    all.map((attempt, at) => ({ place: { arm, at }, attempt, label: `${name} ${at + 1}` }));
  const [after, before] = [target.version ?? 'after', baseline?.version ?? 'before'];
  const candidates = of('candidate', after === before ? 'after' : after, attempts.candidate);
  return [
    [
      { place: { arm: 'recorded', at: 0 }, attempt: attempts.recorded, label: 'recorded' },
      ...of('baseline', after === before ? 'before' : before, attempts.baseline),
      ...(attempts.baseline.length === 0 && candidates.length > 1 ? candidates : []),
    ],
    candidates,
  ];
}

function StepButton(props: {
  readonly label: string;
  readonly shortcut: string;
  readonly icon: 'previous' | 'next';
  readonly isOff: boolean;
  readonly onStep: () => void;
}): ReactNode {
  const { label, shortcut, icon, isOff, onStep } = props;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={`${label} (${shortcut})`}
      disabled={isOff}
      onClick={onStep}
    >
      <Icon name={icon} />
    </button>
  );
}
