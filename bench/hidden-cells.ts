/**
 * Attacks tables whose small counts are hidden: `node bench/hidden-cells.ts [queries] [seed]`, 10,000 by default. Each
 * query is a table of causes by tenant as a random filter would leave it. The attacker adds and subtracts everything that
 * is shown (Gaussian elimination), and bounds every hidden small count by how far it can move without a shown count moving
 * (maximum flow). Prints how many were found out or narrowed down.
 */
import { nextBelow, nextFloat, seedRandom } from '../src/numeric/random/random.ts';
import { hideCells } from '../src/watch/tenants/hide-cells.ts';
import { determined, extended, rangeOf } from '../src/watch/tenants/testing/attacker.ts';

const LARGEST_SMALL = 4;
const queries = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 1);

let small = 0;
let found = 0;
let narrowed = 0;
let hiddenCells = 0;
let cells = 0;
let unsafe = 0;
for (let query = 0; query < queries; query += 1) {
  const state = seedRandom(seed, query);
  const rows = 1 + nextBelow(state, 14);
  const columns = 2 + nextBelow(state, 9);
  const usual = 2 + 60 * nextFloat(state) ** 2;
  const values = Array.from({ length: rows }, () => {
    const ofRow = usual * nextFloat(state) ** 2;
    return Array.from({ length: columns }, () => Math.floor(ofRow * 2 * nextFloat(state) ** 2));
  });
  const hidden = hideCells({
    rows,
    columns,
    values: values.flat(),
    seen: values.flat(),
    largestSmall: LARGEST_SMALL,
  });
  if (!hidden.isSafe) {
    unsafe += 1;
    continue;
  }
  const table = extended(values, hidden.isHidden);
  cells += rows * columns;
  hiddenCells += table.hidden.filter(Boolean).length;
  const known = determined(table);
  for (const [cell, value] of table.values.entries()) {
    if (value < 1 || value > LARGEST_SMALL) continue;
    small += 1;
    if (!table.hidden[cell] || known.has(cell)) found += 1;
    else {
      const [least, most] = rangeOf(table, cell, LARGEST_SMALL);
      if (least > 1 || most < LARGEST_SMALL) narrowed += 1;
    }
  }
}

console.log(
  `${queries} random queries, seed ${seed}: ${cells} cells, ${hiddenCells} hidden (with totals)`,
);
console.log(
  `${small} counts from 1 to ${LARGEST_SMALL}: ${found} found out, ${narrowed} narrowed down`,
);
console.log(`${unsafe} tables of which nothing can be shown`);
if (found + narrowed > 0) process.exitCode = 1;
