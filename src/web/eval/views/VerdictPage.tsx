import type { ReactNode } from 'react';
import type { ReportedCause } from '../../../contract/eval-report.ts';
import { count, dollars, percent, plural } from '../../../text/format.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { hashOf, NO_FILTER } from '../model/route.ts';
import { needsLook, type RunModel } from '../model/run-model.ts';
import { type RuleStep, ruleSteps } from '../model/steps.ts';
import { claimOf, sentenceOf, VERDICTS } from '../model/words.ts';
import { CaseRow, focusCase } from './CaseRow.tsx';
import { CauseTable } from './CauseTable.tsx';

/** Cases that are listed here. */
const LISTED = 12;

/** The verdict in one sentence, what it rests on, what to do, and the cases to look at. */
export function VerdictPage(props: { readonly model: RunModel }): ReactNode {
  const { model } = props;
  const { data, cases } = model;
  useKeys({ 'j ArrowDown': () => focusCase(1), 'k ArrowUp': () => focusCase(-1) });
  const bad = cases.filter(({ own }) => needsLook(own));
  const listed = (bad.length > 0 ? bad : cases).slice(0, LISTED);
  return (
    <>
      <VerdictLead model={model} />
      {data.causes.length > 0 && <RuleStrip steps={ruleSteps(data)} />}
      <div className="columns">
        <div className="stack">
          {data.causes.length > 0 && <CauseTable model={model} />}
          {listed.length > 0 && (
            <Card
              title={bad.length > 0 ? 'Look at these first' : 'Cases'}
              aside={
                <a className="link" href={hashOf({ kind: 'cases', filter: NO_FILTER })}>
                  {listed.length < cases.length
                    ? `All ${count(cases.length)} cases`
                    : plural(cases.length, 'case')}
                </a>
              }
              flush
            >
              <ul className="case-list">
                {listed.map((shown) => (
                  <li key={shown.index}>
                    <CaseRow shown={shown} withCause={data.causes.length > 1} />
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </div>
        <div className="stack">
          <Card title="What to do">
            <p>
              <Coded text={withPeriod(data.next)} />
            </p>
          </Card>
          <Errors model={model} />
          {data.causes.length > 0 && <HowSure model={model} />}
        </div>
      </div>
    </>
  );
}

function VerdictLead(props: { readonly model: RunModel }): ReactNode {
  const { judgment, target, baseline, falseAlarms, causes, createdAt, stopped } = props.model.data;
  const { word, kind } = VERDICTS[judgment.verdict];
  const { claim, figures } =
    falseAlarms === null
      ? claimOf(named(judgment.sentence, causes))
      : {
          claim: `This gate raises a false alarm in ${percent(falseAlarms.rate)} of runs`,
          figures: `${percent(falseAlarms.interval[0])} to ${percent(falseAlarms.interval[1])}; the target against itself, ${count(falseAlarms.trials)} runs dealt at random from its attempts`,
        };
  const title = causes.length === 1 ? causes[0]!.title : verdictsOf(causes);
  return (
    <div className="verdict">
      <span className="stamp" data-kind={falseAlarms === null ? kind : 'unsure'}>
        {falseAlarms === null ? word : 'A/A'}
      </span>
      <div>
        <h1 tabIndex={-1}>
          <span className="hidden">{word}: </span>
          <Coded text={claim} />
        </h1>
        {figures !== '' && <p className="verdict-figures">{withPeriod(figures)}</p>}
        <p className="meta">
          <span>
            <b>{target.version ?? target.spec}</b>
            {baseline !== null && (
              <>
                {' '}
                against <b>{baseline.version ?? baseline.spec}</b>
              </>
            )}
          </span>
          {causes.length > 0 && (
            <span>
              <Coded text={title} />
            </span>
          )}
          <time className="dim" dateTime={createdAt}>
            {createdAt.slice(0, 16).replace('T', ' ')} UTC
          </time>
          {stopped !== null && <b className="verdict-stopped">{sentenceOf(stopped)}</b>}
        </p>
      </div>
    </div>
  );
}

/** Where there are several causes, the sentence of the worst says which it is. */
function named(sentence: string, causes: readonly ReportedCause[]): string {
  const worst = causes.find(({ id }) => sentence.startsWith(`${id}: `));
  return worst === undefined || causes.length === 1
    ? sentence
    : sentence.replace(`${worst.id}:`, () => `${worst.title}:`);
}

/** `3 causes: 1 improved, 2 no evidence`. */
function verdictsOf(causes: readonly ReportedCause[]): string {
  const counts = Map.groupBy(causes, ({ judgment }) => judgment.verdict);
  const parts = [...counts].map(
    ([verdict, all]) => `${count(all.length)} ${VERDICTS[verdict].word.toLowerCase()}`,
  );
  return `${plural(causes.length, 'cause')}: ${parts.join(', ')}`;
}

const MARKS: Readonly<Record<RuleStep['result'], string>> = {
  yes: '✓',
  no: '✕',
  unsure: '?',
  none: '–',
};

function RuleStrip(props: { readonly steps: readonly RuleStep[] }): ReactNode {
  return (
    <ol className="rules" aria-label="Rules, in their order">
      {props.steps.map(({ name, result, said }) => (
        <li key={name} data-result={result}>
          <b>
            <span className="rule-mark" aria-hidden="true">
              {MARKS[result]}
            </span>{' '}
            {name}
          </b>
          <span>
            {result === 'no' && <span className="hidden">no: </span>}
            {said}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Errors(props: { readonly model: RunModel }): ReactNode {
  const { judgment, messages } = props.model.data;
  const { errors } = judgment.integrity;
  if (errors.length === 0) return null;
  return (
    <Card title="Errors">
      <ul className="error-list">
        {errors.map(({ code, cases }) => (
          <li key={code}>
            <b>
              <code>{code}</code> in {plural(cases, 'case')}
            </b>
            {messages[code] !== undefined && <p dir="auto">{messages[code]}</p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function HowSure(props: { readonly model: RunModel }): ReactNode {
  const { data } = props.model;
  const { planned, attempted, completed, judged } = data.judgment.integrity;
  const repeats = [...new Set(data.causes.map(({ register }) => register.repeats))];
  const reused = data.causes.reduce((sum, cause) => sum + cause.reused, 0);
  const powers = data.causes.flatMap(({ judgment, register }) =>
    judgment.comparison === null
      ? []
      : [{ ...judgment.comparison, smallest: register.smallestEffect }],
  );
  const facts: readonly (readonly [string, string])[] = [
    [
      'Attempts',
      `${count(planned)} planned, ${count(attempted)} made, ${count(completed)} answered, ${count(judged)} judged`,
    ],
    ['Repeats', `${repeats.join(' or ')} of each case, none from a cache`],
    ...powers
      .slice(0, 1)
      .map(
        ({ cases, power, smallest }) =>
          [
            'Sensitivity',
            `${plural(cases, 'slice case')} would show a rise of ${percent(smallest)} with a chance of ${percent(power)}`,
          ] as const,
      ),
    ...(reused > 0
      ? [['Slice', `used again (${plural(reused, 'case')}): no fresh proof`] as const]
      : []),
    ...(data.used.tokens > 0 ? [['Tokens', count(data.used.tokens)] as const] : []),
    ...(data.used.dollars > 0 ? [['Cost', dollars(data.used.dollars)] as const] : []),
    ...(data.maybeChargedTwice > 0
      ? [['Charged twice?', `${plural(data.maybeChargedTwice, 'attempt')} may have been`] as const]
      : []),
  ];
  return (
    <Card title="How sure">
      <dl className="facts-list">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

const withPeriod = (text: string): string => {
  const sentence = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
};
