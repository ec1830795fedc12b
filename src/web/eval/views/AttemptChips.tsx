import type { ReactNode } from 'react';
import type { AttemptPlace, ReportedAttempt } from '../../../contract/eval-report.ts';
import { CaseCell } from './CaseCell.tsx';

export interface Choice {
  readonly place: AttemptPlace;
  readonly attempt: ReportedAttempt;
  readonly label: string;
}

/** The attempts that a side can show; the one that it shows is pressed. */
export function AttemptChips(props: {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly chosen: AttemptPlace | null;
  readonly onChoose: (place: AttemptPlace) => void;
}): ReactNode {
  const { label, choices, chosen, onChoose } = props;
  return (
    <fieldset className="attempts" aria-label={label}>
      <span className="attempts-label" aria-hidden="true">
        {label}
      </span>
      {choices.map(({ place, attempt, label: name }) => (
        <button
          key={name}
          type="button"
          className="attempt"
          aria-pressed={isSame(place, chosen)}
          onClick={() => onChoose(place)}
        >
          <CaseCell verdict={VERDICT[attempt.verdict]} />
          {name}
        </button>
      ))}
    </fieldset>
  );
}

const VERDICT = {
  pass: 'pass',
  fail: 'fail',
  cannot_tell: 'inconclusive',
  error: 'error',
} as const;

export const isSame = (one: AttemptPlace, other: AttemptPlace | null): boolean =>
  other !== null && one.arm === other.arm && one.at === other.at;
