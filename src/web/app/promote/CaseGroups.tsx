import type { KeyboardEvent, ReactNode } from 'react';
import { count } from '../../../text/format.ts';
import type { Preview, PreviewedCase } from './suite-preview.ts';

type Role = PreviewedCase['role'];

const GROUPS: readonly {
  readonly role: Role;
  readonly name: string;
  readonly note: string;
}[] = [
  { role: 'guard', name: 'Guards', note: 'must pass in every version' },
  { role: 'control', name: 'Controls', note: 'pass now, and prevent over-correction' },
  { role: 'slice', name: 'Held out', note: 'prove one fix, then are spent' },
];

const PICKS: Readonly<Record<string, string>> = {
  medoid: 'most typical',
  edge: 'least typical',
  diverse: 'unlike both',
  nearest: 'nearest',
  member: 'drawn',
  chosen: 'chosen by you',
};

/** The cases by their role; each can be looked at, left out, and made a guard. */
export function CaseGroups(props: {
  readonly preview: Preview;
  /** Id of the case whose lines are shown. */
  readonly shown: string | null;
  readonly onShow: (id: string) => void;
  readonly onLeaveOut: (trace: string) => void;
  readonly onGuard: (trace: string) => void;
}): ReactNode {
  const { preview, shown, onShow, onLeaveOut, onGuard } = props;
  const { cases, kept } = preview;
  return (
    <>
      {kept > 0 && (
        <p className="small">
          {preview.file} holds {count(kept)} cases of this cause already
          {cases.length === 0 ? '; there are no others to add.' : '; these are added.'}
        </p>
      )}
      {GROUPS.map(({ role, name, note }) => {
        const own = cases.filter((each) => each.role === role);
        if (own.length === 0 && kept > 0) return null;
        return (
          <section key={role} aria-label={name}>
            <h3>
              {name} <span className="dim">{own.length}</span>{' '}
              <span className="dim small">{note}</span>
            </h3>
            {own.length === 0 && <p className="dim small">none: no such trace is like enough</p>}
            <ul>
              {own.map((each) => (
                <li key={each.id} data-shown={each.id === shown || undefined}>
                  <button
                    type="button"
                    className="promote-case"
                    aria-pressed={each.id === shown}
                    onClick={() => onShow(each.id)}
                    onFocus={() => onShow(each.id)}
                    onKeyDown={moveOn}
                  >
                    <span className="promote-input" dir="auto">
                      {each.input === '' ? each.trace : each.input}
                    </span>
                    <span className="dim small">{saidOf(each)}</span>
                  </button>
                  {role === 'slice' && (
                    <button
                      type="button"
                      className="link small"
                      onClick={() => onGuard(each.trace)}
                    >
                      Make guard<span className="hidden"> of {each.id}</span>
                    </button>
                  )}
                  <button
                    type="button"
                    className="link small"
                    onClick={() => onLeaveOut(each.trace)}
                  >
                    Leave out<span className="hidden"> {each.id}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

const saidOf = ({ pick, proof, role }: PreviewedCase): string =>
  [
    ...(pick === null ? [] : [PICKS[pick] ?? pick]),
    proof === 'unproven'
      ? 'unproven'
      : role === 'control'
        ? 'passes the checks'
        : 'fails the checks',
  ].join(', ');

/** The arrow keys go through the cases. */
function moveOn(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  const all = [
    ...(event.currentTarget
      .closest('.promote-cases')
      ?.querySelectorAll<HTMLElement>('.promote-case') ?? []),
  ];
  all[all.indexOf(event.currentTarget) + by]?.focus();
}
