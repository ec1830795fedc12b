import { mostFrequent } from './most-frequent.ts';

/** A tool or field in backticks, or a figure. */
const SLOT = /`[^`]*`|\d+(?:\.\d+)?/g;

/**
 * The sentence that at least `needed` summaries share once names in backticks and figures are taken
 * out; those that half of them have in common are put back, the others become `…`. Null when there is none.
 */
export function commonForm(summaries: readonly string[], needed: number): string | null {
  const form = mostFrequent(summaries.map((summary) => summary.replaceAll(SLOT, '\u0000')));
  if (form === null || form.count < needed || !form.value.includes('\u0000')) return null;
  const fillings = summaries
    .filter((summary) => summary.replaceAll(SLOT, '\u0000') === form.value)
    .map((summary) => summary.match(SLOT) ?? []);
  let slot = 0;
  return form.value.replaceAll('\u0000', () => {
    const at = slot;
    slot += 1;
    const filling = mostFrequent(fillings.map((each) => each[at] ?? ''));
    return filling !== null && filling.count * 2 >= fillings.length ? filling.value : '`…`';
  });
}
