import {
  type CauseDecisions,
  type CauseState,
  type Decision,
  MOST_MEMBERS,
} from '../../contract/decision.ts';
import type {
  ApartCauses,
  FrozenModel,
  RememberedCause,
  StandingCause,
} from '../../contract/frozen-model.ts';
import { decisionsOf } from '../../decide/decide.ts';
import { type KnownCauses, NONE_KNOWN } from './analyze-stored.ts';

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
  const { causes } = decisionsOf(decisions);
  const defined = new Map(
    [...causes].flatMap(([id, { definition }]) =>
      definition === undefined ? [] : [[id, { id, ...definition }] as const],
    ),
  );
  const known = new Map([...rememberedIn(model), ...defined]);
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
    earlier: [
      ...model.identities.map((cause) => defined.get(cause.id) ?? cause),
      ...decided.filter(({ id }) => !found.has(id)),
    ],
    standing: standingIn(model, known, causes),
    apart: pairs.flatMap(({ ids: [a = '', b = ''], isMerged }): ApartCauses[] => {
      const [one, other] = [known.get(a), known.get(b)];
      return one === undefined || other === undefined ? [] : [{ causes: [one, other], isMerged }];
    }),
    decided,
  };
}

/** States in which people work on a cause. */
const AT_WORK: ReadonlySet<CauseState | undefined> = new Set([
  ...(['confirmed', 'fixing', 'fixed', 'regressed'] as const),
]);

/** Whether people have accepted a cause, so that no analysis changes what it is. */
export const isSettled = ({ proposal, state }: CauseDecisions): boolean =>
  proposal === 'accepted' || proposal === 'edited' || AT_WORK.has(state);

/**
 * The causes of a model in order of rank, with those that people have settled and that it did not find: what was split off
 * before what it comes from, all others last.
 */
function standingIn(
  { causes: ranked }: FrozenModel,
  known: ReadonlyMap<string, RememberedCause>,
  decisions: ReadonlyMap<string, CauseDecisions>,
): readonly StandingCause[] {
  const settled = new Set(
    [...decisions].flatMap(([id, own]) => (isSettled(own) && known.has(id) ? [id] : [])),
  );
  const listed = new Set(ranked.map(({ id }) => id));
  const away = [...settled].filter((id) => !listed.has(id));
  const parent = (id: string): string | undefined => decisions.get(id)?.splitFrom;
  const order = [
    ...ranked.flatMap(({ id }) => [...away.filter((each) => parent(each) === id), id]),
    ...away.filter((id) => !listed.has(parent(id) ?? '')),
  ];
  return order.flatMap((id) => {
    const cause = known.get(id);
    return cause === undefined ? [] : [{ ...cause, isSettled: settled.has(id) }];
  });
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
