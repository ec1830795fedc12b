import type { Schemas } from '../../../client/client.ts';
import { span } from '../../../text/moments.ts';

/** What is compared, as the address and the server have it. */
export type Sides = Schemas['ComparisonSides'];
export type ComparedBy = Sides['by'];

const BY: readonly ComparedBy[] = ['release', 'promptVersion', 'time'];

/** The usual sides of each kind, before and after; null where there are none. */
type Usual = Readonly<Record<ComparedBy, readonly string[] | null>>;

/** The sides that an address names; what it does not name is as usual. Null where there are not two to compare. */
export function sidesOf(search: string, usual: Usual): Sides | null {
  const given = new URLSearchParams(search);
  const by = BY.find((each) => each === given.get('by')) ?? BY.find((each) => usual[each] !== null);
  if (by === undefined) return null;
  const [before, after] = usual[by] ?? [];
  const [from, to] = [given.get('from') ?? before, given.get('to') ?? after];
  return from === undefined || to === undefined ? null : { by, from, to, ...within(given) };
}

/** The environment, the tenant and the prompt that an address names. */
export const within = (given: URLSearchParams): Pick<Sides, (typeof WITHIN)[number]> =>
  Object.fromEntries(
    WITHIN.flatMap((part) => {
      const value = given.get(part);
      return value ? [[part, value]] : [];
    }),
  );

const WITHIN = ['environment', 'tenant', 'promptName'] as const;

/** The query of an address that names these sides. */
export const searchOf = (
  given: Readonly<Record<string, string | undefined>> | Partial<Sides>,
): string =>
  `?${new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )}`;

export const areSame = (one: Sides, other: Sides): boolean =>
  (['by', 'from', 'to', ...WITHIN] as const).every((part) => one[part] === other[part]);

/** The first and the last day (UTC) of a time such as `2026-11-16T00:00:00Z/2026-11-23T00:00:00Z`. */
export function daysOf(time: string): readonly [string, string] {
  const [start = '', end = ''] = time.split('/');
  const last = Date.parse(end) - 1;
  return [start.slice(0, 10), Number.isNaN(last) ? '' : new Date(last).toISOString().slice(0, 10)];
}

/** A side in words: days for a time, else the version itself. */
export function sideText(by: ComparedBy, side: string): string {
  const [start = Number.NaN, end = Number.NaN] = side.split('/').map(Date.parse);
  return by === 'time' && start < end ? span(start, end - 1) : side;
}

/** A time from the start of the first to the end of the last day; null where they are not two days in order. */
export function timeOf(first: string, last: string): string | null {
  const [start, end] = [Date.parse(first), Date.parse(last) + DAY];
  return start < end ? `${iso(start)}/${iso(end)}` : null;
}

const DAY = 86_400_000;

const iso = (time: number): string => new Date(time).toISOString().replace('.000', '');
