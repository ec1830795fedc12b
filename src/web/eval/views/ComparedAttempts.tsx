import { type ReactNode, useMemo } from 'react';
import type {
  AttemptPlace,
  ReportedAttempt,
  ReportedAttempts,
} from '../../../contract/eval-report.ts';
import { duration } from '../../../text/format.ts';
import { SideBySide } from '../../conversation/SideBySide.tsx';
import { attemptAt, compare, nameOf } from '../model/compare.ts';
import type { RunModel } from '../model/run-model.ts';

/** Two attempts, aligned to their first difference, with what the checks quote. */
export function ComparedAttempts(props: {
  readonly model: RunModel;
  readonly attempts: ReportedAttempts;
  readonly left: AttemptPlace | null;
  readonly right: AttemptPlace | null;
}): ReactNode {
  const { model, attempts, left, right } = props;
  const { data } = model;
  const compared = useMemo(
    () =>
      compare(attempts, left, right, {
        left: left === null ? '' : nameOf(data, left),
        right: right === null ? '' : nameOf(data, right),
      }),
    [data, attempts, left, right],
  );
  const sides = [left, right].map((place) => (place === null ? null : attemptAt(attempts, place)));
  const [one = null, other = null] = sides;
  return (
    <>
      <SideBySide
        key={`${left?.arm}${left?.at}${right?.arm}${right?.at}`}
        rows={compared.rows}
        firstDifference={compared.firstDifference}
        difference={compared.difference}
        left={{
          head: <Head model={model} place={left} attempt={one} isRight={false} />,
          outcome: outcomeOf(one),
          marks: compared.left,
        }}
        right={{
          head: <Head model={model} place={right} attempt={other} isRight />,
          outcome: outcomeOf(other),
          marks: compared.right,
        }}
      />
      <Elsewhere attempts={attempts} sides={sides} />
    </>
  );
}

const outcomeOf = (attempt: ReportedAttempt | null): 'pass' | 'fail' | null =>
  attempt?.verdict === 'pass' || attempt?.verdict === 'fail' ? attempt.verdict : null;

const SAID = { pass: 'passes', fail: 'fails', cannot_tell: 'cannot tell', error: 'error' } as const;

function Head(props: {
  readonly model: RunModel;
  readonly place: AttemptPlace | null;
  readonly attempt: ReportedAttempt | null;
  readonly isRight: boolean;
}): ReactNode {
  const { model, place, attempt, isRight } = props;
  const { target, baseline } = model.data;
  if (attempt === null || place === null)
    return (
      <>
        <b>{isRight ? 'Not attempted' : 'Nothing recorded'}</b>
        <br />
        The run ended before this attempt was made.
      </>
    );
  const what = {
    recorded: 'as it was recorded',
    baseline: baseline?.version ?? baseline?.spec ?? 'baseline',
    candidate: target.version ?? target.spec,
  }[place.arm];
  const { latencyMs } = attempt.usage;
  const when = { recorded: 'Recorded', baseline: 'Before', candidate: isRight ? 'After' : 'Also' };
  return (
    <>
      <b>
        {when[place.arm]}, {SAID[attempt.verdict]}
      </b>
      {what}
      {place.arm !== 'recorded' && ` · attempt ${place.at + 1}`}
      {latencyMs !== null && ` · ${duration(latencyMs)}`}
      {attempt.error !== null && (
        <p className="attempt-error" dir="auto">
          <code>{attempt.error.code}</code> {attempt.error.message}
        </p>
      )}
      {attempt.error === null && attempt.conversation === null && (
        <p className="attempt-error">Its conversation is only in the record of the run.</p>
      )}
    </>
  );
}

/** Evidence that stands in no step, of both sides. */
function Elsewhere(props: {
  readonly attempts: ReportedAttempts;
  readonly sides: readonly (ReportedAttempt | null)[];
}): ReactNode {
  const { attempts, sides } = props;
  const pieces = sides.flatMap((attempt, side) => {
    const at = attempt?.conversation ?? null;
    return at === null
      ? []
      : (attempts.conversations[at]?.elsewhere ?? []).map((piece) => ({ piece, side }));
  });
  if (pieces.length === 0) return null;
  return (
    <ul className="pair-elsewhere" aria-label="Evidence outside the steps">
      {pieces.map(({ piece, side }) => (
        <li key={`${side}${piece.path}${piece.quote}`}>
          <span className="dim">
            {side === 0 ? 'left' : 'right'}, {piece.path.split('/').slice(1).join(' ')}
          </span>{' '}
          <mark data-evidence={piece.check} data-number={piece.check + 1} tabIndex={-1} dir="auto">
            {piece.quote}
          </mark>
        </li>
      ))}
    </ul>
  );
}
