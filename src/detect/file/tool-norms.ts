import type { ToolNorm } from '../../contract/file-facts.ts';
import type { Dialogue } from '../facts/dialogue.ts';
import type { Run } from '../run/run.ts';
import { KeptNames } from './kept-names.ts';
import type { Summary } from './summary.ts';

const MOST_TOOLS = 1_000;

type Count = { -readonly [Key in keyof Omit<ToolNorm, 'name'>]: number };

/** Counts calls and their results by tool. */
export class ToolNorms implements Summary<readonly ToolNorm[]> {
  readonly #tools = new KeptNames<Count>(MOST_TOOLS);

  readonly add = (_run: Run, { steps, turns }: Dialogue): void => {
    const seen = new Set<string>();
    for (const [index, { tool, result, at }] of steps.entries()) {
      const count = this.#tools.of(tool, noCount);
      if (count === undefined) continue;
      count.calls++;
      if (!seen.has(tool)) count.runs++;
      seen.add(tool);
      if (index === steps.length - 1 && isLast(turns.at(-1)?.at ?? 0, result?.at ?? at))
        count.last++;
      if (result === null) continue;
      count.results++;
      if (result.form === 'error' || result.form === 'complaint') count.failed++;
      if (result.form === 'empty' || result.form === 'blank') count.empty++;
      if (result.form === 'blank') count.blank++;
    }
  };

  readonly merge = (other: this): void => {
    for (const [name, count] of other.#tools.entries()) {
      const own = this.#tools.of(name, noCount);
      if (own === undefined) continue;
      for (const key of KEYS) own[key] += count[key];
    }
  };

  readonly freeze = (): readonly ToolNorm[] =>
    this.#tools.entries().map(([name, count]) => ({ name, ...count }));
}

const isLast = (lastTurn: number, at: number): boolean => at >= lastTurn;

const noCount = (): Count => ({
  calls: 0,
  runs: 0,
  results: 0,
  failed: 0,
  empty: 0,
  blank: 0,
  last: 0,
});
const KEYS = Object.keys(noCount()) as readonly (keyof Count)[];
