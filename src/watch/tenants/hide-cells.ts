import { type CountTable, margins } from './count-table.ts';
import { cheapestCycle, noChange, type Push, pushAlong } from './table-cycle.ts';

/** Which counts are not shown. The last row and the last column are the totals. */
export interface Hidden {
  readonly isHidden: (row: number, column: number) => boolean;
  /** Hidden cells, totals included. */
  readonly count: number;
  /** False where no choice protects every small count, since the total of all stays known: then nothing may be shown. */
  readonly isSafe: boolean;
}

/**
 * Chooses the counts of a table with totals that must be hidden so that no small count can be worked out: the small ones
 * (primary suppression), and others through which they could change without a total showing it (secondary suppression,
 * by the network heuristic of Cox 1995 and of Kelly, Golden and Assad 1992). A hidden small count can be anything
 * from one to the largest small count, for all that the shown ones say.
 *
 * The others are chosen by the totals, and never by the small counts themselves.
 */
export function hideCells(table: CountTable): Hidden {
  const whole = margins(table);
  const { rows, columns } = whole;
  const hidden = new Uint8Array(rows * columns);
  const small: number[] = [];
  const ofAll = hidden.length - 1;
  for (let cell = 0; cell < ofAll; cell += 1)
    if (whole.room[cell]!.isSmall) {
      hidden[cell] = 1;
      small.push(cell);
    }
  let isSafe = !whole.room[ofAll]!.isSmall;
  for (const cell of small)
    for (const direction of [1, -1] as const) {
      const room = whole.room[cell]!;
      let needed = direction === 1 ? room.up : room.down;
      const change = noChange(whole);
      while (needed > ENOUGH) {
        const cycle = cheapestCycle(whole, change, cell, direction, (other) =>
          hidden[other] === 1 ? 0 : whole.cost[other]!,
        );
        if (cycle === null) {
          isSafe = false;
          break;
        }
        const push: Push = { cycle, amount: Math.min(needed, cycle.capacity) };
        pushAlong(change, push);
        for (const other of cycle.cells) hidden[other] = 1;
        needed -= push.amount;
      }
    }
  return {
    isHidden: (row, column) => hidden[row * columns + column] === 1,
    count: hidden.reduce((sum, each) => sum + each, 0),
    isSafe,
  };
}

/** Rounding of estimated counts. */
const ENOUGH = 1e-9;
