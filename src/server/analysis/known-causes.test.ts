import { expect, test } from 'vitest';
import type { FrozenModel } from '../../contract/frozen-model.ts';
import { knownCauses } from './known-causes.ts';

const cause = (id: string) => ({ id, fingerprint: `of ${id}`, members: [`${id} 1`, `${id} 2`] });
const model = (ids: readonly string[], remembered: FrozenModel['remembered'] = []) =>
  ({
    causes: ids.map((id) => ({ id, condition: { atoms: [{ fact: { key: id } }] } })),
    identities: ids.map(cause),
    remembered,
  }) as unknown as FrozenModel;
const merged = (subject: string, value: string) =>
  ({ kind: 'cause', subject, field: 'mergedInto', value }) as const;
const apart = (subject: string) =>
  ({ kind: 'pair', subject, field: 'apart', value: true }) as const;

test('causes that people decided about are known again, however long they were away', () => {
  const first = knownCauses(model(['c-1', 'c-2', 'c-3']), [merged('c-2', 'c-1')]);
  expect(first.decided.map(({ id }) => id)).toEqual(['c-2', 'c-1']);
  expect(first.earlier.map(({ id }) => id)).toEqual(['c-1', 'c-2', 'c-3']);
  // The next analysis has neither c-2 nor c-3.
  const remembered = first.decided.filter(({ id }) => id === 'c-2');
  const second = knownCauses(model(['c-1'], remembered), [merged('c-2', 'c-1')]);
  expect(second.earlier.map(({ id }) => id)).toEqual(['c-1', 'c-2']);
  expect(second.decided.find(({ id }) => id === 'c-2')).toEqual(remembered[0]);
});

test('a pair that people keep apart is given with what tells each of the two, where both are known', () => {
  const decisions = [apart('c-1|c-2'), apart('c-1|c-9')];
  const { apart: pairs } = knownCauses(model(['c-1', 'c-2']), decisions);
  const told = (id: string) => ({
    ...cause(id),
    condition: { atoms: [{ fact: { key: id } }] },
  });
  expect(pairs).toEqual([{ causes: [told('c-1'), told('c-2')], isMerged: false }]);
  const { apart: both } = knownCauses(model(['c-1', 'c-2']), [merged('c-2', 'c-1')]);
  expect(both, 'so that the merge can be undone').toEqual([
    { causes: [told('c-2'), told('c-1')], isMerged: true },
  ]);
  expect(knownCauses(null, decisions)).toEqual({
    ...{ earlier: [], apart: [], standing: [], decided: [] },
  });
});

test('settled causes stand as they are, as an accepted proposal says, also where they are away', () => {
  const condition = { atoms: [{ fact: { key: 'new' } }] };
  const definition = { condition, fingerprint: 'new', members: ['t1'] };
  const own = (subject: string, field: string, value: unknown) =>
    ({ kind: 'cause', subject, field, value }) as never;
  const known = knownCauses(model(['c-1', 'c-2']), [
    own('c-1', 'state', 'confirmed'),
    own('c-9', 'proposal', 'accepted'),
    own('c-9', 'splitFrom', 'c-2'),
    own('c-9', 'definition', definition),
    own('c-2', 'proposal', 'rejected'),
  ]);
  expect(known.standing).toMatchObject([
    { id: 'c-1', isSettled: true, fingerprint: 'of c-1' },
    { id: 'c-9', isSettled: true, ...definition },
    { id: 'c-2', isSettled: false },
  ]);
  expect(known.earlier.map(({ id, fingerprint }) => [id, fingerprint])).toEqual([
    ['c-1', 'of c-1'],
    ['c-2', 'of c-2'],
    ['c-9', 'new'],
  ]);
});
