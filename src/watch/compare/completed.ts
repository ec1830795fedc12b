import { CHANGE_STATES, type ChangeState } from '../../contract/change-state.ts';
import { type CauseChange, DIFF_VERSION, type Diff } from '../../contract/diff.ts';
import { diffHeadline } from './headline.ts';

/** The diff with its headline and counts, causes in the order in which they are listed. */
export function completed(parts: Omit<Diff, 'version' | 'headline' | 'counts' | 'mixed'>): Diff {
  const causes = parts.causes.toSorted(inOrder);
  const named = causes.filter(({ isNamed }) => isNamed);
  const mixed = named.filter(isMoved).length;
  const countOf = (state: ChangeState): number =>
    named.filter((cause) => cause.state === state && !isMoved(cause)).length;
  const counts = Object.fromEntries(CHANGE_STATES.map((state) => [state, countOf(state)]));
  const { toolVersion, by, before, after, noRates, tested, ...rest } = parts;
  return {
    version: DIFF_VERSION,
    ...{ toolVersion, by, before, after },
    headline: diffHeadline({ before, after, causes, noRates, mixed }),
    noRates,
    counts: counts as Diff['counts'],
    ...{ mixed, tested },
    ...rest,
    causes,
  };
}

/** The mix of the traffic moved the rate. */
const isMoved = ({ isMix, state }: CauseChange): boolean =>
  isMix && state !== 'same' && state !== 'cannot tell';

function inOrder(a: CauseChange, b: CauseChange): number {
  const place = ({ isNamed, state }: CauseChange): number =>
    CHANGE_STATES.indexOf(state) + (isNamed ? 0 : CHANGE_STATES.length);
  const size = ({ difference, before, after }: CauseChange): number =>
    difference === null ? before.events + after.events : Math.abs(difference);
  return place(a) - place(b) || size(b) - size(a) || (a.id < b.id ? -1 : 1);
}
