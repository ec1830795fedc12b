import { expect } from 'vitest';
import type { Narrative } from '../src/contract/narrative.ts';
import type { Workspace } from '../src/store/workspace/workspace.ts';

const BUDGET = { callsPerDay: 3, dollarsPerDay: 1 };
const NOW = 10 * 86_400_000;
const DAY = 86_400_000;

export async function keepsLabelModel(workspace: Workspace): Promise<void> {
  await setsAsideOnce(workspace);
  await keepsNarratives(workspace);
}

/** What the label model may spend is set aside once, for all projects, also for those that ask at once. */
async function setsAsideOnce(workspace: Workspace): Promise<void> {
  const { narratives } = workspace;
  for (const id of ['told', 'told-too']) await workspace.ensureProject(id, id);
  const wanted = (key: string, project = 'told', asksAgain = false) =>
    narratives.reserve({ project, key, worst: 0.3, asksAgain }, BUDGET, NOW);
  // Of those who ask at once for the same, one gets it; the budget is that of all projects.
  const all = await Promise.all([
    ...['a', 'a', 'b'].map((key) => wanted(key)),
    ...['c', 'd', 'e'].map((key) => wanted(key, 'told-too')),
  ]);
  const kinds = all.map(({ kind }) => kind).sort();
  expect(kinds.filter((kind) => kind === 'taken')).toHaveLength(3);
  expect(kinds.filter((kind) => kind === 'taken' || kind === 'over').length).toBeGreaterThan(4);
  const later = NOW + DAY;
  const next = (key: string, asksAgain = false) =>
    narratives.reserve({ project: 'told', key, worst: 0.3, asksAgain }, BUDGET, later);
  const first = await next('x');
  if (first.kind !== 'taken') throw new Error(first.kind);
  expect(await next('x')).toEqual({ kind: 'unclear' });
  await narratives.settle(first.id, { state: 'refused' });
  const second = await next('x');
  if (second.kind !== 'taken') throw new Error(second.kind);
  await narratives.settle(second.id, { state: 'unclear' });
  expect(await next('x')).toEqual({ kind: 'unclear' });
  const third = await next('x', true);
  if (third.kind !== 'taken') throw new Error(third.kind);
  const answer = { title: 'NUL \0 and half a letter \ud800' };
  await narratives.settle(third.id, { state: 'answered', answer, dollars: 0.1 });
  expect(await next('x')).toEqual({ kind: 'kept', answer });
  expect(await next('y')).toEqual({
    kind: 'over',
    why: 'the budget of 3 calls a day is used up',
  });
  const dear = { project: 'told', key: 'y', worst: 0.7, asksAgain: false };
  expect(await narratives.reserve(dear, { ...BUDGET, callsPerDay: 9 }, later)).toEqual({
    kind: 'over',
    why: '$0.4 of the $1 a day are used, and this call may take $0.7',
  });
}

/** A cause has one narrative: the last that held. */
async function keepsNarratives(workspace: Workspace): Promise<void> {
  const { narratives } = workspace;
  await workspace.ensureProject('causes', 'causes');
  const asked = await narratives.request('causes', 'c-1', 'ann', 5);
  expect(asked).toMatchObject({ state: 'waiting', by: 'ann', asked: 5, narrative: null });
  expect(await narratives.request('causes', 'c-1', 'bob', 6)).toEqual(asked);
  await narratives.request('causes', 'c-2', 'bob', 4);
  expect(await narratives.next('causes')).toMatchObject({ cause: 'c-2' });
  expect(await narratives.move('causes', 'c-1', { state: 'running', started: 7 })).toBe(true);
  expect(await narratives.next('causes')).toMatchObject({ cause: 'c-1', state: 'running' });
  const narrative: Narrative = {
    ...{ title: 'NUL \0', category: null, layer: 'tool', claims: [], dropped: 0 },
    ...{ model: 'm', prompt: 'narrative 1' },
  };
  const result = { narrative, traces: ['t1', 't2'] };
  expect(await narratives.move('causes', 'c-1', { state: 'done', ended: 8, result })).toBe(true);
  expect(await narratives.move('causes', 'c-1', { state: 'cancelled', ended: 9 })).toBe(false);
  const told = { narrative, traces: ['t1', 't2'], told: 8 };
  expect(await narratives.find('causes', 'c-1')).toMatchObject({ ...told, state: 'done' });
  // One that fails leaves what held before; what may have been charged is asked again when a person says so, once.
  await narratives.request('causes', 'c-1', 'ann', 10);
  const error = { code: 'unclear', message: 'no answer came' };
  const failed = { narrative: null, error };
  await narratives.move('causes', 'c-1', { state: 'done', ended: 11, result: failed });
  expect(await narratives.find('causes', 'c-1')).toMatchObject({ ...told, state: 'failed', error });
  expect(await narratives.request('causes', 'c-1', 'ann', 12)).toMatchObject({ asksAgain: true });
  await narratives.move('causes', 'c-1', { state: 'running', started: 13 });
  expect(await narratives.find('causes', 'c-1')).toMatchObject({ asksAgain: false, error: null });
  expect((await narratives.of('causes')).map(({ cause }) => cause)).toEqual(['c-1', 'c-2']);
  await narratives.forget('causes', ['c-1']);
  expect((await narratives.of('causes')).map(({ cause }) => cause)).toEqual(['c-2']);
}
