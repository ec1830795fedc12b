import type { Ledger } from '../../contract/ledger.ts';

/** Groups of traces that are compared like with like. */
export interface TrafficMix {
  /** Attributes that the groups are told by; none: one group of all. */
  readonly names: readonly string[];
  /** Of each row of the ledger its group. */
  readonly at: Int32Array;
  readonly groups: number;
}

/** What traffic may differ by, most telling first. */
const ATTRIBUTES = ['operation', 'language', 'promptVersion'];
/** An attribute is used if so many traces still have others to be compared with. */
const COMPARABLE = 0.9;
/** Fewer traces of the others do not show a rate. */
const FEWEST = 5;
const MOST_GROUPS = 1_000;

/**
 * The finest groups by operation, language and prompt version in which nine in ten traces still meet traces of other
 * columns. An attribute by which the columns do not overlap (each tenant its own version) is left out: then nothing
 * tells the tenant from it.
 *
 * @param columnOf of each row its column; -1 for rows that do not count.
 */
export function trafficMix(ledger: Ledger, columnOf: Int32Array): TrafficMix {
  let mix: TrafficMix = { names: [], at: new Int32Array(ledger.rows), groups: 1 };
  for (const name of ATTRIBUTES) {
    const finer = splitBy(ledger, name, mix);
    if (finer !== null && comparable(finer, columnOf) >= COMPARABLE) mix = finer;
  }
  return mix;
}

function splitBy({ columns, rows }: Ledger, name: string, { names, at }: TrafficMix) {
  const column = columns.find((each) => each.name === name);
  if (column === undefined || column.values.length < 2) return null;
  const places = new Map<number, number>();
  const finer = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const key = at[row]! * (column.values.length + 1) + column.at[row]! + 1;
    let place = places.get(key);
    if (place === undefined) {
      place = places.size;
      places.set(key, place);
    }
    finer[row] = place;
  }
  if (places.size > MOST_GROUPS) return null;
  return { names: [...names, name], at: finer, groups: places.size };
}

/** Share of the rows whose group has enough rows of other columns. */
function comparable({ at, groups }: TrafficMix, columnOf: Int32Array): number {
  const columns = columnOf.reduce((most, column) => Math.max(most, column), -1) + 1;
  const counts = new Int32Array(groups * columns);
  const totals = new Int32Array(groups);
  let all = 0;
  for (const [row, column] of columnOf.entries()) {
    if (column < 0) continue;
    counts[at[row]! * columns + column]! += 1;
    totals[at[row]!]! += 1;
    all += 1;
  }
  let enough = 0;
  for (let group = 0; group < groups; group += 1)
    for (let column = 0; column < columns; column += 1) {
      const own = counts[group * columns + column]!;
      if (totals[group]! - own >= FEWEST) enough += own;
    }
  return all === 0 ? 0 : enough / all;
}
