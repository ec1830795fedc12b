import type { ReactNode } from 'react';
import { count, plural, twoDigits } from '../../../text/format.ts';
import { day, moment } from '../../../text/moments.ts';
import { Card } from '../../parts/Card.tsx';
import { IntervalDot } from '../../parts/IntervalDot.tsx';
import { StateDot, stateName } from '../../parts/StateDot.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { type CauseFix, useFix } from './cause-queries.ts';
import './fix.css';

type Proof = NonNullable<CauseFix['proof']>;
type FixedIn = NonNullable<CauseFix['fixedIn']>;

/** What became of a cause, and, once it is fixed, whether the fix holds in the traces since then. */
export function FixCard(props: { readonly id: string }): ReactNode {
  const { data } = useFix(props.id);
  if (data === undefined || data.states.length === 0) return null;
  const { states, fixedIn, proof } = data;
  return (
    <Card title="History and proof">
      <ol className="history">
        {states.map(({ at, by, state, fixedIn: bound }) => (
          <li key={at}>
            <span>
              <StateDot state={state} /> {stateName(state)}
              {bound !== null && <> in {boundText(bound)}</>}
            </span>
            <span className="dim small">
              {by === 'local' || by === '' ? '' : `${by}, `}
              {moment(Date.parse(at))}
            </span>
          </li>
        ))}
      </ol>
      {fixedIn !== null && proof !== null && <ProofOf proof={proof} fixedIn={fixedIn} />}
    </Card>
  );
}

const boundText = ({ value, environment }: FixedIn): string =>
  [value === '' ? 'all versions' : value, environment].filter(Boolean).join(', ');

const SAID = {
  proved: { kind: 'pass', text: 'Proved' },
  open: { kind: 'unsure', text: 'Not proved yet' },
  regressed: { kind: 'fail', text: 'It came back' },
  'no rate before': { kind: 'unsure', text: 'Cannot tell' },
} as const;

function ProofOf(props: { readonly proof: Proof; readonly fixedIn: FixedIn }): ReactNode {
  const { proof, fixedIn } = props;
  const { state, before, after, target, needed } = proof;
  const { kind, text } = SAID[state];
  const end = Math.max(before.interval[1], after.exposures > 0 ? after.rate : 0, target) * 1.15;
  const done = after.exposures;
  return (
    <section className="proof" aria-label="Proof">
      <p>
        <Tag kind={kind}>{text}</Tag> <b>{boundText(fixedIn)}</b>{' '}
        <span className="dim">since {moment(fixedIn.at)} UTC</span>
      </p>
      <p>{meaning(proof)}</p>
      {needed !== null && needed > 0 && (
        <progress
          aria-label="Traces of those that a proof needs"
          max={done + needed}
          value={done}
        />
      )}
      <table className="rates">
        <tbody>
          <Side name="Before" side={before} end={end} />
          <Side name="After" side={after} end={end} />
        </tbody>
      </table>
      <p className="dim small">
        Failures per 1,000 traces, 95% intervals; a third of before is {twoDigits(target)}. Before:
        30 days up to {day(fixedIn.at)}. The interval after holds however often one looks.
      </p>
    </section>
  );
}

function Side(props: {
  readonly name: string;
  readonly side: Proof['before'];
  readonly end: number;
}): ReactNode {
  const { name, side, end } = props;
  const { events, exposures, rate, interval } = side;
  return (
    <tr>
      <th scope="row">
        {name}{' '}
        <span className="dim small">
          {count(events)} of {count(exposures)}
        </span>
      </th>
      <td>
        {exposures > 0 && (
          <IntervalDot
            value={rate}
            interval={[interval[0], Math.min(end, interval[1])]}
            end={end}
          />
        )}
      </td>
      <td className="num nowrap">
        {exposures === 0 ? (
          <span className="dim">no traces</span>
        ) : (
          <>
            <b>{twoDigits(rate)}</b>{' '}
            <span className="dim small">
              {twoDigits(interval[0])}–{twoDigits(interval[1])}
            </span>
          </>
        )}
      </td>
    </tr>
  );
}

/** What the figures say. */
function meaning({ state, after, needed }: Proof): string {
  const seen = `${count(after.events)} of ${plural(after.exposures, 'trace')} failed by it since then`;
  switch (state) {
    case 'proved':
      return `${seen}: less than a third of before is left.`;
    case 'regressed':
      return `${seen}: surely more than a third of before is left.`;
    case 'no rate before':
      return `${seen}. Nothing failed by it in the 30 days before, so there is nothing to compare with.`;
    case 'open':
      return `${seen}. ${count(needed ?? 0)} more without a ${after.events > 0 ? 'further ' : ''}recurrence prove that less than a third is left.`;
  }
}
