/** What became of what was proposed, and how long a decision took. */
export interface ProposalFigures {
  readonly decided: number;
  readonly accepted: number;
  readonly edited: number;
  readonly rejected: number;
  /** Median minutes per decision; null where none was measured. */
  readonly minutes: number | null;
}

type ProposalFate = 'accepted' | 'edited' | 'rejected';

/** One decision about a proposal; milliseconds that it took, null where not measured. */
interface DecidedProposal {
  readonly fate: ProposalFate;
  readonly milliseconds: number | null;
}

export function proposalFigures(decided: readonly DecidedProposal[]): ProposalFigures {
  const count = (wanted: ProposalFate): number =>
    decided.filter(({ fate }) => fate === wanted).length;
  const times = decided
    .flatMap(({ milliseconds }) => (milliseconds === null ? [] : [milliseconds]))
    .toSorted((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)];
  return {
    decided: decided.length,
    ...{ accepted: count('accepted'), edited: count('edited'), rejected: count('rejected') },
    minutes: median === undefined ? null : median / 60_000,
  };
}

/** A line of the activity log, as far as it tells of proposals. */
interface LoggedAction {
  readonly at: number;
  readonly by: string;
  readonly changes: readonly {
    readonly kind: string;
    readonly subject: string;
    readonly field: string;
    readonly after: unknown;
  }[];
  readonly undoes: string | null;
  readonly undoneBy: string | null;
}

/** Milliseconds between two actions of a person from which on there was a break between them. */
const BREAK = 15 * 60_000;

/**
 * What people decided about proposed causes, from the activity log. Of several decisions about a cause the latest counts;
 * those taken back do not. A decision took the time since the action of that person before it; after a break of 15 minutes
 * it is not measured.
 * @param log Newest first.
 */
export function decidedCauses(log: readonly LoggedAction[]): readonly DecidedProposal[] {
  const before = new Map<string, number>();
  const byCause = new Map<string, DecidedProposal>();
  for (const { at, by, changes, undoes, undoneBy } of log.toReversed()) {
    const since = at - (before.get(by) ?? Number.NEGATIVE_INFINITY);
    before.set(by, at);
    if (undoes !== null || undoneBy !== null) continue;
    for (const { kind, subject, field, after } of changes) {
      if (kind !== 'cause' || field !== 'proposal') continue;
      if (isFate(after))
        byCause.set(subject, { fate: after, milliseconds: since < BREAK ? since : null });
      else byCause.delete(subject);
    }
  }
  return [...byCause.values()];
}

const isFate = (value: unknown): value is ProposalFate =>
  value === 'accepted' || value === 'edited' || value === 'rejected';
