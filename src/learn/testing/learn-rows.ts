import { nextFloat, nextNormal, seedRandom } from '../../numeric/random/random.ts';
import { sigmoid } from '../../numeric/statistics/sigmoid.ts';
import type { LearnRow } from '../learn-row.ts';

/** Rows of a world in which a trace fails by `strength` of a figure; detectors see one failure in three. */
export function learnRows(
  count: number,
  seed: number,
  strength: number,
): { readonly rows: LearnRow[]; readonly chances: number[] } {
  const state = seedRandom(seed);
  const rows: LearnRow[] = [];
  const chances: number[] = [];
  for (let row = 0; row < count; row++) {
    const figure = nextNormal(state);
    const chance = sigmoid(strength * figure - 0.3);
    const failed = nextFloat(state) < chance;
    const isFlagged = nextFloat(state) < (failed ? 0.33 : 0.05);
    chances.push(chance);
    rows.push({
      task: row,
      failed,
      vector: null,
      figures: {
        rules: Number(isFlagged),
        ...(isFlagged && { 'detector:agent_loop': 1 }),
        in_sources: figure,
        ...Object.fromEntries(
          Array.from({ length: 8 }, (_, noise) => [`noise_${noise}`, nextNormal(state)]),
        ),
      },
    });
  }
  return { rows, chances };
}
