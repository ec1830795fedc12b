import type { AuditFilter } from './audit-queries.ts';

/** Kinds of entries, in words. */
export const KINDS: Readonly<Record<NonNullable<AuditFilter['kind']>, string>> = {
  'sign-in': 'sign-ins',
  password: 'passwords',
  person: 'people and roles',
  invitation: 'invitations',
  key: 'keys',
  link: 'links for customers',
  project: 'settings',
  traces: 'deletions and exports of traces',
  backup: 'backups',
  audit: 'exports of this log',
};

export const FIELDS = ['kind', 'by', 'from', 'to'] as const;

/** What the address chooses; '' for everything. Days are those of the reader. */
type Chosen = Readonly<Record<(typeof FIELDS)[number], string>>;

const DAY = /^\d{4}-\d\d-\d\d$/;

/** What an address chooses. What it cannot name chooses nothing. */
export function chosenFilter(search: string): Chosen {
  const given = new URLSearchParams(search);
  const kind = given.get('kind') ?? '';
  const day = (field: string): string => {
    const text = given.get(field) ?? '';
    return DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';
  };
  return {
    kind: Object.hasOwn(KINDS, kind) ? kind : '',
    by: (given.get('by') ?? '').slice(0, 200),
    ...{ from: day('from'), to: day('to') },
  };
}

/** The same as the server wants it. The last day is part of it. */
export function filterIn({ kind, by, from, to }: Chosen): AuditFilter {
  return {
    ...(kind !== '' && { kind: kind as NonNullable<AuditFilter['kind']> }),
    ...(by !== '' && { by }),
    ...(from !== '' && { from: midnight(from, 0) }),
    ...(to !== '' && { to: midnight(to, 1) }),
  };
}

function midnight(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
