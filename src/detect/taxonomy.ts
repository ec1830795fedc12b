import type { Category } from '../contract/category.ts';
import type { Check } from '../contract/check.ts';
import { UNEXPLAINED } from '../contract/unexplained.ts';
import type { Detector } from './define.ts';

/**
 * All categories that failures can be filed under, each id once: those of the detectors, in their order,
 * then those that only checks name, then `unexplained`.
 */
export function taxonomy(
  detectors: readonly Pick<Detector, 'categories'>[],
  checks: readonly Check[],
): readonly Category[] {
  const byId = new Map<string, Category>();
  const all = [...detectors.flatMap(({ categories }) => categories), ...checks.map(categoryOf)];
  for (const category of all) if (!byId.has(category.id)) byId.set(category.id, category);
  byId.delete(UNEXPLAINED.id);
  return [...byId.values(), UNEXPLAINED];
}

/** The category of a check that names a new one. */
function categoryOf({ category: id, text, severity, layer, fixCost }: Check): Category {
  const words = id.replaceAll('_', ' ');
  return {
    id,
    name: words.slice(0, 1).toUpperCase() + words.slice(1),
    definition: `This does not happen: ${text}.`,
    severity,
    layer,
    fixCost,
  };
}
