import type { Decision } from '../../contract/decision.ts';
import type { ApartCauses, FrozenModel, RememberedCause } from '../../contract/frozen-model.ts';
import { type KnownCauses, NONE_KNOWN } from './analyze-stored.ts';

/** Members by which a cause is known again; conditions and fingerprints tell more. */
const MOST_MEMBERS = 200;
/** Causes that are remembered though no analysis finds them any more. */
const MOST_REMEMBERED = 500;

/**
 * What an analysis has to know of those before: the causes whose ids it keeps, and those that people have decided about, which
 * are known again however long they were away.
 * @param model of the analysis before; null for none.
 */
export function knownCauses(
  model: FrozenModel | null,
  decisions: readonly Pick<Decision, 'kind' | 'subject' | 'field' | 'value'>[],
): KnownCauses {
  if (model === null) return NONE_KNOWN;
  const known = rememberedIn(model);
  const pairs = decisions.flatMap(({ kind, subject, field, value }) => {
    if (kind === 'pair' && field === 'apart' && value === true)
      return [{ ids: subject.split('|'), isMerged: false }];
    if (kind === 'cause' && field === 'mergedInto' && value !== null)
      return [{ ids: [subject, String(value)], isMerged: true }];
    return [];
  });
  const ids = new Set([
    ...pairs.flatMap((pair) => pair.ids),
    ...decisions.flatMap(({ kind, subject }) => (kind === 'cause' ? [subject] : [])),
  ]);
  const decided = [...ids].flatMap((id) => known.get(id) ?? []).slice(0, MOST_REMEMBERED);
  const found = new Set(model.identities.map(({ id }) => id));
  return {
    earlier: [...model.identities, ...decided.filter(({ id }) => !found.has(id))],
    apart: pairs.flatMap(({ ids: [a = '', b = ''], isMerged }): ApartCauses[] => {
      const [one, other] = [known.get(a), known.get(b)];
      return one === undefined || other === undefined ? [] : [{ causes: [one, other], isMerged }];
    }),
    decided,
  };
}

/** The causes that a model knows, those of this analysis before those of earlier ones. */
function rememberedIn({
  causes,
  identities,
  remembered,
}: FrozenModel): ReadonlyMap<string, RememberedCause> {
  const conditions = new Map(causes.map(({ id, condition }) => [id, condition]));
  return new Map([
    ...remembered.map((cause) => [cause.id, cause] as const),
    ...identities.map(
      ({ id, fingerprint, members }) =>
        [
          id,
          {
            ...{ id, fingerprint, members: members.slice(0, MOST_MEMBERS) },
            condition: conditions.get(id) ?? null,
          },
        ] as const,
    ),
  ]);
}
