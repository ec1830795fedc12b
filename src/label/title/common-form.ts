import { mostFrequent } from '../most-frequent.ts';

/** A tool or field in backticks, or a figure. */
const SLOT = /`[^`]*`|\d+(?:\.\d+)?/g;
/** More names than this are counted, not listed. */
const LISTED = 3;

/**
 * The sentence that at least `needed` summaries share once names in backticks and figures are taken
 * out; those that half of them have in common are put back. Others become the range of the figures, the
 * names when they are up to three, the number of the tools when all are, or `…`. Null when there is none.
 */
export function commonForm(
  summaries: readonly string[],
  needed: number,
  tools: ReadonlySet<string>,
): string | null {
  const form = mostFrequent(summaries.map((summary) => summary.replaceAll(SLOT, '\u0000')));
  if (form === null || form.count < needed || !form.value.includes('\u0000')) return null;
  const fillings = summaries
    .filter((summary) => summary.replaceAll(SLOT, '\u0000') === form.value)
    .map((summary) => summary.match(SLOT) ?? []);
  let slot = 0;
  const sentence = form.value.replaceAll('\u0000', () => {
    const at = slot;
    slot += 1;
    return filled(
      fillings.map((each) => each[at] ?? ''),
      tools,
    );
  });
  return sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
}

function filled(values: readonly string[], tools: ReadonlySet<string>): string {
  const common = mostFrequent(values);
  if (common !== null && common.count * 2 >= values.length) return common.value;
  const different = [...Map.groupBy(values, (value) => value)]
    .sort(([a, { length: as }], [b, { length: bs }]) => bs - as || (a < b ? -1 : 1))
    .map(([value]) => value);
  const figures = different.map(Number);
  if (figures.every(Number.isFinite)) return `${Math.min(...figures)}–${Math.max(...figures)}`;
  if (different.length <= LISTED)
    return `${different.slice(0, -1).join(', ')} or ${different.at(-1)}`;
  const allTools = different.every((value) => tools.has(value.slice(1, -1)));
  return allTools ? `one of ${different.length} tools` : '`…`';
}
