import type { AttemptRecord } from '../../contract/eval-run.ts';
import { words } from '../../text/words.ts';
import { verdictOf } from '../checks/use-check.ts';
import { FIXED_CAUSE } from '../verdict/outcomes.ts';
import type { Content } from './families.ts';

/** The four rules by which a variant is kept. */
export const RULES = ['lands', 'fails', 'isNew', 'isNear'] as const;
export type Rule = (typeof RULES)[number];

/** What the rules say of one variant. */
export type Ruled = Readonly<Record<Rule, boolean>>;

/** Closer to a real case, or to a kept one, is a copy. */
const COPY = 0.02;
const MOST_WORDS = 2_000;
/** Of the distances between real cases, the share that a variant may be away from the nearest. */
const NEAR = 0.95;

/** Words of everything that an attempt starts from. */
const wordsOf = ({ messages, documents, toolResults }: Content): ReadonlySet<string> =>
  new Set(
    words(
      [
        ...messages.map(({ content }) => content),
        ...documents.map(({ content }) => content),
        ...toolResults.map(({ result }) => result),
      ].join('\n'),
      MOST_WORDS,
    ),
  );

/** Jaccard distance, 0 to 1. */
function distance(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 0;
  let shared = 0;
  for (const each of a) if (b.has(each)) shared += 1;
  return 1 - shared / (a.size + b.size - shared);
}

/**
 * Judges variants one after the other: it lands in the cause when every attempt shows that cause by the frozen checks and
 * facts of the suite; it fails when every attempt does; it is new when no real or kept case is a near-copy; it is near when
 * the nearest real case is no farther than the 95th percentile of the distances between real ones.
 */
export function ruler(real: readonly Content[]): {
  readonly judge: (content: Content, attempts: readonly AttemptRecord[]) => Ruled;
  readonly keep: (content: Content) => void;
} {
  const known = real.map(wordsOf);
  const kept: ReadonlySet<string>[] = [];
  const between = known
    .flatMap((each, at) => known.slice(at + 1).map((other) => distance(each, other)))
    .sort((a, b) => a - b);
  const most = between[Math.ceil(NEAR * between.length) - 1] ?? 0;
  return {
    judge: (content, attempts) => {
      const own = wordsOf(content);
      const away = Math.min(...known.map((each) => distance(own, each)));
      const copied = kept.some((each) => distance(own, each) < COPY);
      const done = attempts.filter(({ status }) => status === 'completed');
      const isWhole = attempts.length > 0 && done.length === attempts.length;
      return {
        lands: isWhole && done.every(({ causes }) => causes.includes(FIXED_CAUSE)),
        fails: isWhole && done.every(({ checks }) => verdictOf(checks) === 'fail'),
        isNew: away >= COPY && !copied,
        isNear: away <= most,
      };
    },
    keep: (content) => {
      kept.push(wordsOf(content));
    },
  };
}
