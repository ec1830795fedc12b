import type { Diff } from '../../contract/diff.ts';
import type { StoredSession } from '../../store/workspace/workspace.ts';
import { count, plural } from '../../text/format.ts';
import type { Shift } from '../../watch/watch.ts';
import { shiftText } from './drift.ts';

/** Its link is the path of a page below that of the project. */
export type AgendaItem = StoredSession['agenda'][number];

/** Traces that somebody has to settle. */
export interface Disagreements {
  /** Two people say something different. */
  readonly people: number;
  /** A person says something else than a score or a detector. */
  readonly judges: number;
  /** A person rejected or changed what was proposed as the category. */
  readonly proposals: number;
}

export interface AgendaGiven {
  /** Against the session before; null for the first. */
  readonly diff: Diff | null;
  /** Causes of the session, the first of the ranked list first. */
  readonly causes: readonly { readonly id: string; readonly title: string }[];
  /** Ids of causes that people call fixed. */
  readonly fixed: ReadonlySet<string>;
  /** Ids of causes of which it is proved that their fix does not hold. */
  readonly regressed: ReadonlySet<string>;
  /** Ids of causes that people have accepted, edited or rejected. */
  readonly decided: ReadonlySet<string>;
  readonly disagreements: Disagreements;
  /** Failures that the session looked at, and of them those that nobody has labeled. */
  readonly failures: number;
  readonly unlabeled: number;
  /** Changes of the causes that nobody has decided on. */
  readonly proposals: number;
  /** How the traffic differs from that before, and where both are compared. */
  readonly shifts: readonly Shift[];
  readonly compare: string;
  /** What each new version changed, as sentences. */
  readonly versions: readonly string[];
}

/** Of an agenda about causes alone. */
export const NOTHING_ELSE: Omit<AgendaGiven, 'diff' | 'causes' | 'fixed' | 'decided'> = {
  ...{ regressed: new Set(), disagreements: { people: 0, judges: 0, proposals: 0 } },
  ...{ failures: 0, unlabeled: 0, proposals: 0, shifts: [], compare: '/compare', versions: [] },
};

const LONGEST = 500;

/**
 * What a session is for: causes that are back, new or grown, what new versions changed, other
 * traffic, what people disagree about, and what nobody has
 * decided on or labeled. At least one item.
 */
export function agendaOf(given: AgendaGiven): readonly AgendaItem[] {
  const { diff, causes, fixed, regressed, decided, disagreements, unlabeled, proposals, versions } =
    given;
  const changed = (diff?.causes ?? []).filter(({ isNamed }) => isNamed);
  const back = changed.filter(({ id, after }) => fixed.has(id) && after.events > 0);
  const reopened = causes.filter(({ id }) => regressed.has(id));
  const isBack = new Set([...back, ...reopened].map(({ id }) => id));
  const fresh = changed.filter(({ id, state }) => state === 'new' && !isBack.has(id));
  const grown = changed.filter(({ id, state }) => state === 'grown' && !isBack.has(id));
  const open = causes.filter(({ id }) => !decided.has(id));
  const [first] = causes;
  const causeLink = (id: string): string => `/causes/${encodeURIComponent(id)}`;
  const items = [
    ...reopened.map(({ id, title }) => item(`Regressed: ${title}`, causeLink(id))),
    ...back.map(({ id, title }) => item(`Fixed, and seen again: ${title}`, causeLink(id))),
    ...versions.map((text) => item(text, '/compare')),
    ...fresh.map(({ id, title }) => item(`New: ${title}`, causeLink(id))),
    ...grown.map(({ id, title, before, after }) =>
      item(
        `Grown: ${title} (${rate(before.ratePerThousand)} → ${rate(after.ratePerThousand)} per 1,000 traces)`,
        causeLink(id),
      ),
    ),
    ...given.shifts.map((shift) => item(shiftText(shift), given.compare)),
    ...(proposals > 0
      ? [item(`${plural(proposals, 'proposed change')} of the causes`, '/proposals')]
      : []),
    ...disputesIn(disagreements),
    ...(diff === null && first !== undefined
      ? [item(`Begin with the first: ${first.title}`, causeLink(first.id))]
      : []),
    ...(open.length > 0
      ? [item(`${plural(open.length, 'cause')} that nobody has accepted or rejected`, '/')]
      : []),
    ...(unlabeled > 0
      ? [
          item(
            `${count(unlabeled)} of ${plural(given.failures, 'failure')} not labeled yet`,
            '/label',
          ),
        ]
      : []),
  ];
  return items.length === 0
    ? [{ text: 'No cause is new, has grown or came back', isDone: true }]
    : items;
}

const item = (text: string, link: string): AgendaItem => ({
  ...{ text: text.slice(0, LONGEST), isDone: false, link },
});

function disputesIn({ people, judges, proposals }: Disagreements): readonly AgendaItem[] {
  return [
    ...(people > 0 ? [`${plural(people, 'trace')} that two people disagree about`] : []),
    ...(judges > 0
      ? [`${plural(judges, 'trace')} where a person and a score or detector disagree`]
      : []),
    ...(proposals > 0
      ? [`${plural(proposals, 'trace')} where a person changed or rejected the proposed category`]
      : []),
  ].map((text) => item(text, '/agreement'));
}

const rate = (value: number | null): string => (value === null ? '–' : count(Math.round(value)));
