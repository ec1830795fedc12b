import type { LedgerScore } from '../../contract/ledger.ts';
import type { Score, Trace } from '../../contract/trace.ts';
import { labelMeaning } from '../../text/score-labels.ts';
import { KeptNames, type KeptState } from '../file/kept-names.ts';

const MOST_NAMES = 64;

/** Rows that have a score, and its value in each. */
interface Values {
  readonly rows: number[];
  readonly values: number[];
}

export type LedgerScoresState = KeptState<Readonly<Values>>;

/** Keeps the scores of every row; of more than 64 names those of the lowest hash. */
export class LedgerScores {
  readonly #names = new KeptNames<Values>(MOST_NAMES);

  add({ scores }: Pick<Trace, 'scores'>, row: number): void {
    if (scores.length === 0) return;
    for (const [name, given] of Map.groupBy(scores, (score) => score.name)) {
      const values = given.flatMap((score) => numberOf(score) ?? []);
      if (values.length === 0) continue;
      const kept = this.#names.of(name, noValues);
      kept?.rows.push(row);
      kept?.values.push(values.reduce((sum, each) => sum + each, 0) / values.length);
    }
  }

  state(): LedgerScoresState {
    return this.#names.state();
  }

  /** @param first row at which the rows of the other begin. */
  merge(other: LedgerScoresState, first: number): void {
    this.#names.merge(other, noValues, (own, { rows, values }) => {
      for (const row of rows) own.rows.push(first + row);
      for (const value of values) own.values.push(value);
    });
  }

  /** @param placeOf the place of each row in the order of the input. */
  finish(placeOf: Int32Array): readonly LedgerScore[] {
    return this.#names.entries().map(([name, { rows, values }]) => {
      const order = rows.map((_, at) => at);
      order.sort((a, b) => placeOf[rows[a]!]! - placeOf[rows[b]!]!);
      return {
        name,
        rows: Int32Array.from(order, (at) => placeOf[rows[at]!]!),
        values: Float64Array.from(order, (at) => values[at]!),
      };
    });
  }
}

const noValues = (): Values => ({ rows: [], values: [] });

/** A number as it is; a word that passes or fails as 1 or 0; null for any other. */
function numberOf({ value, label }: Score): number | null {
  if (value !== null) return Number.isFinite(value) ? value : null;
  const meaning = label === null ? undefined : labelMeaning(label);
  if (meaning === undefined) return null;
  return Number(meaning === 'good' || meaning === 'true');
}
