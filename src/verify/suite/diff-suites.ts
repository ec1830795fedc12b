import type { Suite } from '../../contract/suite.ts';
import { suiteHash } from './suite-hash.ts';

/** What differs between two versions of a suite. */
export interface SuiteDiff {
  readonly cause: string;
  readonly from: string;
  readonly to: string;
  readonly added: Suite['cases'];
  readonly removed: Suite['cases'];
  /** Cases in both whose fields differ, with the names of these. */
  readonly changed: readonly { readonly id: string; readonly fields: readonly string[] }[];
  /** Fields of the suite itself that differ, with what they were and are. */
  readonly fields: readonly {
    readonly name: string;
    readonly from: unknown;
    readonly to: unknown;
  }[];
}

/** Compares two versions; cases go by their ids. */
export function diffSuites(from: Suite, to: Suite): SuiteDiff {
  const before = new Map(from.cases.map((each) => [each.id, each]));
  const after = new Set(to.cases.map(({ id }) => id));
  return {
    cause: to.cause.id,
    from: suiteHash(from),
    to: suiteHash(to),
    added: to.cases.filter(({ id }) => !before.has(id)),
    removed: from.cases.filter(({ id }) => !after.has(id)),
    changed: to.cases.flatMap((each) => {
      const fields = differing(before.get(each.id) ?? each, each);
      return fields.length === 0 ? [] : [{ id: each.id, fields }];
    }),
    fields: differing({ ...from, cases: [] }, { ...to, cases: [] }).map((name) => ({
      name,
      from: from[name as keyof Suite],
      to: to[name as keyof Suite],
    })),
  };
}

/** Names of the fields that differ, whatever the order of keys. */
const differing = (a: object, b: object): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (key) => sorted(a[key as never]) !== sorted(b[key as never]),
  );

const sorted = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => (x < y ? -1 : 1)))
      : part,
  );
