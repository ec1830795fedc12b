import type { ToolNorm } from '../../contract/file-model.ts';
import type { Dialogue } from '../facts/dialogue.ts';
import type { Run } from '../run/run.ts';
import type { DialogueSummary } from './dialogue-summary.ts';
import { KeptNames, type KeptState } from './kept-names.ts';

const MOST_TOOLS = 1_000;

export type ToolNormsState = KeptState<Count>;

type Count = { -readonly [Key in keyof Omit<ToolNorm, 'name'>]: number };

/** Counts calls and their results by tool. */
export class ToolNorms implements DialogueSummary<ToolNormsState, readonly ToolNorm[]> {
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

  readonly state = (): ToolNormsState => this.#tools.state();

  readonly merge = (state: ToolNormsState): void =>
    this.#tools.merge(state, noCount, (own, other) => {
      for (const key of KEYS) own[key] += other[key];
    });

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
