/** How well annotators agree; the two coefficients differ in what they call chance. */

/**
 * Krippendorff's α of nominal labels (2011): 1 − observed ÷ expected disagreement, over the pairs of labels of
 * each item. One row per item with the label of each annotator, null where one gave none; items with fewer than
 * two labels are left out. Null where it is undefined: no pair, or one label throughout.
 */
export function krippendorffAlpha(items: readonly (readonly (string | null)[])[]): number | null {
  const totals = new Map<string, number>();
  let agreeing = 0;
  let labels = 0;
  for (const item of items) {
    const given = item.filter((label) => label !== null);
    if (given.length < 2) continue;
    labels += given.length;
    for (const [label, count] of tally(given)) {
      totals.set(label, (totals.get(label) ?? 0) + count);
      agreeing += (count * (count - 1)) / (given.length - 1);
    }
  }
  let chance = 0;
  for (const count of totals.values()) chance += count * (count - 1);
  const disagreement = labels * (labels - 1) - chance;
  if (labels === 0 || disagreement === 0) return null;
  return 1 - ((labels - 1) * (labels - agreeing)) / disagreement;
}

/**
 * Cohen's κ of two annotators (1960): (observed − chance) ÷ (1 − chance) agreement, chance being that of each one's own
 * frequencies. Lists of equal length. Null where it is undefined: no item, or both used one label throughout.
 */
export function cohenKappa(first: readonly string[], second: readonly string[]): number | null {
  const n = first.length;
  const seconds = tally(second);
  let chance = 0;
  for (const [label, count] of tally(first))
    chance += (count * (seconds.get(label) ?? 0)) / (n * n);
  if (n === 0 || chance === 1) return null;
  const observed = first.filter((label, index) => label === second[index]).length / n;
  return (observed - chance) / (1 - chance);
}

function tally(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
