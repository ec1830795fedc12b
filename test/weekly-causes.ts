import { zstdDecompressSync } from 'node:zlib';
import { type FrozenModel, frozenModelSchema } from '../src/contract/frozen-model.ts';
import { analyzeStored } from '../src/server/analysis/analyze-stored.ts';
import { knownCauses } from '../src/server/analysis/known-causes.ts';

/** Share of the traces of a week that are new. */
const NEW = 0.05;

export interface WeeklyCauses {
  /** Of each week after the first, causes that the week before has too, and of them those with the same id. */
  readonly weeks: readonly { readonly unchanged: number; readonly kept: number }[];
  /** Causes with another id, for a failing test. */
  readonly renamed: readonly string[];
}

/**
 * Analyzes a window of traces that moves on week by week, each analysis told of the one before, as the server does. A cause is
 * unchanged if the next week has its condition, or a cause with most of its members among the traces that both sampled.
 * @param lines one trace each.
 */
export async function weeklyCauses(lines: readonly string[], weeks: number): Promise<WeeklyCauses> {
  const size = Math.floor(lines.length / (1 + weeks * NEW));
  const renamed: string[] = [];
  const steps: { unchanged: number; kept: number }[] = [];
  let before: FrozenModel | null = null;
  for (let week = 0; week <= weeks; week++) {
    const from = Math.round(week * NEW * size);
    const bytes = new TextEncoder().encode(`${lines.slice(from, from + size).join('\n')}\n`);
    const { model } = await analyzeStored(
      async function* () {
        yield bytes;
      },
      { names: ['a week'], options: {}, known: knownCauses(before, []), compare: null },
      { progress: () => {} },
    );
    const now = frozenModelSchema.parse(JSON.parse(zstdDecompressSync(model).toString()));
    const step = { unchanged: 0, kept: 0 };
    for (const cause of before?.causes ?? []) {
      const same = partnerOf(cause.id, before!, now);
      if (same === null) continue;
      step.unchanged++;
      if (same === cause.id) step.kept++;
      else renamed.push(`week ${week}: ${cause.id} -> ${same}`);
    }
    if (before !== null) steps.push(step);
    before = now;
  }
  return { weeks: steps, renamed };
}

/** Id of the cause that the week after has instead; null where it is gone. */
function partnerOf(id: string, before: FrozenModel, now: FrozenModel): string | null {
  const condition = conditionOf(before, id);
  const byCondition = now.causes.find((each) => conditionOf(now, each.id) === condition);
  if (condition !== null && byCondition !== undefined) return byCondition.id;
  const sampled = (model: FrozenModel) =>
    new Set(model.identities.flatMap(({ members }) => members));
  const both = sampled(before).intersection(sampled(now));
  const membersOf = (model: FrozenModel, of: string): ReadonlySet<string> =>
    new Set(model.identities.find((each) => each.id === of)?.members).intersection(both);
  const own = membersOf(before, id);
  const alike = now.causes.find((each) => {
    const others = membersOf(now, each.id);
    return own.size > 0 && own.intersection(others).size > own.union(others).size / 2;
  });
  return alike?.id ?? null;
}

const conditionOf = ({ causes }: FrozenModel, id: string): string | null => {
  const { condition = null } = causes.find((each) => each.id === id) ?? {};
  return condition && JSON.stringify(condition.atoms.map(({ fact }) => fact.key));
};
