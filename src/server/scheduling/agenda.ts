import type { Diff } from '../../contract/diff.ts';
import { count, plural } from '../../text/format.ts';

export interface AgendaItem {
  readonly text: string;
  readonly isDone: boolean;
}

export interface AgendaGiven {
  /** Against the session before; null for the first. */
  readonly diff: Diff | null;
  /** Causes of the session, the first of the ranked list first. */
  readonly causes: readonly { readonly id: string; readonly title: string }[];
  /** Ids of causes that people call fixed. */
  readonly fixed: ReadonlySet<string>;
  /** Ids of causes that people have accepted, edited or rejected. */
  readonly decided: ReadonlySet<string>;
  /** What each new version changed, as sentences. */
  readonly versions: readonly string[];
}

const LONGEST = 500;

/** What a session is for: causes that are back, new or grown, what new versions changed, and those that nobody has decided on. At least one item. */
export function agendaOf(given: AgendaGiven): readonly AgendaItem[] {
  const { diff, causes, fixed, decided, versions } = given;
  const changed = (diff?.causes ?? []).filter(({ isNamed }) => isNamed);
  const back = changed.filter(({ id, after }) => fixed.has(id) && after.events > 0);
  const isBack = new Set(back.map(({ id }) => id));
  const fresh = changed.filter(({ id, state }) => state === 'new' && !isBack.has(id));
  const grown = changed.filter(({ id, state }) => state === 'grown' && !isBack.has(id));
  const open = causes.filter(({ id }) => !decided.has(id));
  const [first] = causes;
  const items = [
    ...back.map(({ title }) => `Fixed, and seen again: ${title}`),
    ...versions,
    ...fresh.map(({ title }) => `New: ${title}`),
    ...grown.map(
      ({ title, before, after }) =>
        `Grown: ${title} (${rate(before.ratePerThousand)} → ${rate(after.ratePerThousand)} per 1,000 traces)`,
    ),
    ...(diff === null && first !== undefined ? [`Begin with the first: ${first.title}`] : []),
    ...(open.length > 0
      ? [`${plural(open.length, 'cause')} that nobody has accepted or rejected`]
      : []),
  ];
  if (items.length === 0)
    return [{ text: 'No cause is new, has grown or came back', isDone: true }];
  return items.map((text) => ({ text: text.slice(0, LONGEST), isDone: false }));
}

const rate = (value: number | null): string => (value === null ? '–' : count(Math.round(value)));
