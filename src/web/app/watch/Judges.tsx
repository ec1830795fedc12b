import { type ReactNode, useState } from 'react';
import { count, percent } from '../../../text/format.ts';
import { exactMoment, moment } from '../../../text/moments.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { useAsking } from '../client/asking.ts';
import { useChange } from '../client/use-change.ts';
import { FRESH_JUDGE, JudgeDialog } from './JudgeDialog.tsx';
import { type Judge, type JudgeUse, useJudges, WATCH } from './use-watch.ts';

const EXAMPLE = `# culprit serve --config culprit.yaml
judges:
  promised-refund:
    kind: model
    failure: The answer promises a refund without calling refund_order.
    model: gpt-5-mini
    key: env:OPENAI_API_KEY`;

/** What scores the traces that come in: verdicts, spending, what waits, and whether it works. */
export function Judges(): ReactNode {
  const { data } = useJudges();
  const { client } = useAsking();
  const { failed, change } = useChange(WATCH);
  const [edited, setEdited] = useState<Judge | null>(null);
  if (data === undefined) return null;
  const used = data.flatMap((judge) => (judge.use === null ? [] : [{ judge, use: judge.use }]));
  const unused = data.filter(({ use }) => use === null);
  return (
    <Card title="Online judges" className="channels">
      <p>
        Each scores traces as they finish, within its budget. One that stops or goes blind is an
        alert.
      </p>
      {data.length === 0 && (
        <>
          <p>There are none yet: whoever runs the server names models and checks in a file.</p>
          <pre className="code-lines">{EXAMPLE}</pre>
        </>
      )}
      {used.length > 0 && (
        <div className="scroll-x">
          <table className="table judges">
            <thead>
              <tr>
                <th scope="col">Judge</th>
                <th scope="col">State</th>
                <th scope="col">Verdicts of a day</th>
                <th scope="col">Spent</th>
                <th scope="col">Last score</th>
                <th scope="col" className="num">
                  Waiting
                </th>
                <th scope="col">
                  <span className="hidden">Change</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {used.map(({ judge, use }) => (
                <Row
                  key={judge.name}
                  judge={judge}
                  use={use}
                  onEdit={() => setEdited(judge)}
                  onPause={() =>
                    change(() =>
                      client('PUT /judges/{name}', {
                        path: { name: judge.name },
                        body: { ...use.settings, isPaused: use.settings.isPaused !== true },
                      }),
                    )
                  }
                  onRemove={() =>
                    change(() => client('DELETE /judges/{name}', { path: { name: judge.name } }))
                  }
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {unused.length > 0 && (
        <ul>
          {unused.map((judge) => (
            <li key={judge.name}>
              <b>{judge.name}</b> <span className="dim">{aboutText(judge)}</span>{' '}
              <Button onPress={() => setEdited(judge)}>
                Use<span className="hidden"> {judge.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p role="alert" className="fail-text">
        {failed}
      </p>
      <JudgeDialog
        edited={edited}
        onClose={() => setEdited(null)}
        onSave={(settings) =>
          change(() =>
            client('PUT /judges/{name}', { path: { name: edited?.name ?? '' }, body: settings }),
          )
        }
      />
    </Card>
  );
}

const aboutText = ({ kind, asks, by }: Judge): string =>
  kind === 'model' ? `${asks} (${by})` : kind === 'check' ? `check ${asks}` : 'not configured';

const STATE_KINDS: Readonly<Record<JudgeUse['state'], 'fail' | 'pass' | 'unsure' | undefined>> = {
  working: 'pass',
  waiting: 'unsure',
  stopped: 'fail',
  blind: 'fail',
  paused: undefined,
};

function Row(props: {
  readonly judge: Judge;
  readonly use: JudgeUse;
  readonly onEdit: () => void;
  readonly onPause: () => void;
  readonly onRemove: () => void;
}): ReactNode {
  const { judge, use, onEdit, onPause, onRemove } = props;
  const { settings, state, reason, version, lastScore, backlog } = use;
  const { rate = FRESH_JUDGE.rate, environment = '', isPaused } = settings;
  const hidden = <span className="hidden"> {judge.name}</span>;
  return (
    <tr>
      <th scope="row">
        {judge.name}
        <span className="second" dir="auto">
          {aboutText(judge)}
        </span>
        <span className="second">
          {percent(rate)} of the traces{environment !== '' && ` of ${environment}`}
          {version !== '' && (
            <>
              {' · version '}
              <code title={version}>{version.slice(0, 12)}</code>
            </>
          )}
        </span>
      </th>
      <td>
        <Tag kind={STATE_KINDS[state]}>{state}</Tag>
        {reason !== '' && (
          <span className="second" dir="auto">
            {reason}
          </span>
        )}
      </td>
      <td>{verdictText(use)}</td>
      <td>{spentText(judge, use)}</td>
      <td
        className="nowrap dim"
        title={lastScore === null ? '' : exactMoment(Date.parse(lastScore))}
      >
        {lastScore === null ? '–' : moment(Date.parse(lastScore))}
      </td>
      <td className="num">{count(backlog.traces)}</td>
      <td className="nowrap">
        <Button onPress={onEdit}>Edit{hidden}</Button>{' '}
        <Button onPress={onPause}>
          {isPaused === true ? 'Resume' : 'Pause'}
          {hidden}
        </Button>{' '}
        <Button onPress={onRemove}>Remove{hidden}</Button>
      </td>
    </tr>
  );
}

function verdictText({ verdicts }: JudgeUse): ReactNode {
  const { passes, fails, cannotTell, noQuote, noAnswer } = verdicts;
  const unsure = [
    [cannotTell, 'cannot tell'],
    [noQuote, 'without a quote of the trace'],
    [noAnswer, 'unreadable'],
  ] as const;
  return (
    <>
      {count(passes)} pass, {count(fails)} fail
      {unsure.map(
        ([many, what]) =>
          many > 0 && (
            <span key={what} className="second">
              {count(many)} {what}
            </span>
          ),
      )}
    </>
  );
}

/** Of a day, beside what may be spent. */
function spentText({ kind, hasPrice }: Judge, { spent, settings }: JudgeUse): ReactNode {
  const { callsPerDay, callsPerHour, tokensPerDay, dollarsPerDay } = {
    ...FRESH_JUDGE.budget,
    ...settings.budget,
  };
  const of = (most: string | null): string => (most === null ? '' : ` of ${most}`);
  return (
    <>
      <span className="nowrap">
        {count(spent.callsPerDay)} of {count(callsPerDay)} calls
      </span>
      <span className="second nowrap">
        {count(spent.callsPerHour)} of {count(callsPerHour)} this hour
      </span>
      {kind === 'model' && (
        <span className="second nowrap">
          {count(spent.tokensPerDay)}
          {of(tokensPerDay === null ? null : count(tokensPerDay))} tokens
          {hasPrice &&
            `, $${spent.dollarsPerDay.toFixed(2)}${of(dollarsPerDay === null ? null : `$${dollarsPerDay}`)}`}
        </span>
      )}
    </>
  );
}
