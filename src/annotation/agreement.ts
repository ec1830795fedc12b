import { nextBelow, seedRandom } from '../numeric/random/random.ts';
import { cohenKappa, krippendorffAlpha } from '../numeric/statistics/agreement.ts';

/** What one person answered about one item. */
export interface Answer {
  readonly item: string;
  readonly person: string;
  /** The category chosen. */
  readonly category: string;
}

export interface Agreement {
  /** Items that at least two people answered. */
  readonly items: number;
  /** Krippendorff's α with a 95% bootstrap interval over items; null below 30 items, and where it is undefined. */
  readonly alpha: number | null;
  readonly interval: readonly [number, number] | null;
  /** Share of pairs of answers to one item that are the same; null without items. */
  readonly same: number | null;
  /** Share of each category among the answers to these items, most frequent first. */
  readonly prevalence: readonly { readonly category: string; readonly share: number }[];
  /** Cohen's κ of each pair with at least 30 items in common. */
  readonly pairs: readonly {
    readonly people: readonly [string, string];
    readonly items: number;
    readonly kappa: number | null;
  }[];
  /** What the coefficient may be used for. */
  readonly standing: Standing;
}

/**
 * - too_few: under 30 items, say nothing.
 * - one_answer: everybody gave the same answer throughout, so that nothing tells agreement from habit.
 * - faulty: α below 0.4: the definitions are at fault.
 * - trend: α from 0.4 to 0.7: shows a direction, decides nothing.
 * - may_gate: α from 0.7 on.
 */
type Standing = 'too_few' | 'one_answer' | 'faulty' | 'trend' | 'may_gate';

/** Fewer items answered twice than this say nothing about agreement. */
const LEAST_ITEMS = 30;
const REDRAWS = 1000;

/**
 * How well people agree on what they labeled. The last answer of a person to an item counts.
 * @param seed Of the bootstrap.
 */
export function agreement(answers: readonly Answer[], seed = 1): Agreement {
  const people = [...new Set(answers.map(({ person }) => person))].sort();
  const place = new Map(people.map((person, index) => [person, index]));
  const byItem = new Map<string, (string | null)[]>();
  for (const { item, person, category } of answers) {
    const row = byItem.get(item) ?? people.map(() => null);
    row[place.get(person)!] = category;
    byItem.set(item, row);
  }
  const rows = [...byItem]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row)
    .filter((row) => row.filter((each) => each !== null).length > 1);
  const isEnough = rows.length >= LEAST_ITEMS;
  const alpha = isEnough ? krippendorffAlpha(rows) : null;
  return {
    items: rows.length,
    alpha,
    interval: alpha === null ? null : bootstrap(rows, seed),
    same: samePairs(rows),
    prevalence: prevalenceOf(rows),
    pairs: pairsOf(people, rows),
    standing: standingOf(isEnough, alpha),
  };
}

function standingOf(isEnough: boolean, alpha: number | null): Standing {
  if (!isEnough) return 'too_few';
  if (alpha === null) return 'one_answer';
  if (alpha < 0.4) return 'faulty';
  return alpha < 0.7 ? 'trend' : 'may_gate';
}

type Rows = readonly (readonly (string | null)[])[];

/** Percentiles of α over redraws of the items; redraws in which it is undefined are left out. */
function bootstrap(rows: Rows, seed: number): readonly [number, number] | null {
  const random = seedRandom(seed);
  const drawn: number[] = [];
  for (let redraw = 0; redraw < REDRAWS; redraw++) {
    const alpha = krippendorffAlpha(rows.map(() => rows[nextBelow(random, rows.length)]!));
    if (alpha !== null) drawn.push(alpha);
  }
  if (drawn.length === 0) return null;
  drawn.sort((a, b) => a - b);
  const at = (share: number): number => drawn[Math.round(share * (drawn.length - 1))]!;
  return [at(0.025), at(0.975)];
}

function samePairs(rows: Rows): number | null {
  let same = 0;
  let pairs = 0;
  for (const row of rows) {
    const given = row.filter((each) => each !== null);
    for (const [index, one] of given.entries())
      for (const two of given.slice(index + 1)) {
        pairs += 1;
        if (one === two) same += 1;
      }
  }
  return pairs === 0 ? null : same / pairs;
}

function prevalenceOf(rows: Rows): Agreement['prevalence'] {
  const counts = new Map<string, number>();
  let total = 0;
  for (const row of rows)
    for (const category of row) {
      if (category === null) continue;
      counts.set(category, (counts.get(category) ?? 0) + 1);
      total += 1;
    }
  return [...counts]
    .sort(([a, one], [b, two]) => two - one || (a < b ? -1 : 1))
    .map(([category, count]) => ({ category, share: count / total }));
}

function pairsOf(people: readonly string[], rows: Rows): Agreement['pairs'] {
  return people.flatMap((one, first) =>
    people.slice(first + 1).flatMap((two, offset) => {
      const common = rows
        .map((row) => [row[first] ?? null, row[first + 1 + offset] ?? null] as const)
        .filter(([a, b]) => a !== null && b !== null);
      if (common.length < LEAST_ITEMS) return [];
      const kappa = cohenKappa(
        common.map(([a]) => a!),
        common.map(([, b]) => b!),
      );
      return [{ people: [one, two] as const, items: common.length, kappa }];
    }),
  );
}
