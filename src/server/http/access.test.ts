import { expect, test } from 'vitest';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { Key } from '../../store/workspace/workspace.ts';
import { memoryWorkspace } from '../../testing/memory-workspace.ts';
import { type AccessRules, accessCheck, keyHash } from './access.ts';

const key = (id: string): Omit<Key, 'revoked'> => ({
  ...{ id, project: `project-${id}`, name: id, prefix: 'ck_', scopes: ['ingest'], created: 1 },
});

async function setUp(isOpen: boolean) {
  const workspace = memoryWorkspace();
  for (const id of ['a', 'b']) await workspace.addKey(key(id), keyHash(`secret ${id}`));
  const state = { isAway: false, now: 1_000_000 };
  const sometimes =
    <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> =>
      state.isAway ? Promise.reject(new CulpritError('store_unavailable', 'away')) : work(...args);
  const guarded: AccessRules['workspace'] = {
    projects: workspace.projects,
    people: workspace.people,
    keyOf: sometimes(workspace.keyOf),
    ensureProject: sometimes(workspace.ensureProject),
    project: workspace.project,
  };
  const { check } = accessCheck({
    ...{ workspace: guarded, isOpen, signIn: null, clock: () => state.now },
    operatorKey: 'a-key-of-the-operator',
  });
  const ask = (headers: Record<string, string>) => check(new Headers(headers), 'ingest');
  return { workspace, state, ask, askBy: (id: string) => ask({ 'x-api-key': `secret ${id}` }) };
}

test('keys that are known go on while the workspace is away; others are put off', async () => {
  const { state, askBy, workspace } = await setUp(false);
  expect((await askBy('a')).project).toBe('project-a');
  state.isAway = true;
  state.now += 60_000;
  expect((await askBy('a')).project).toBe('project-a');
  await expect(askBy('b')).rejects.toMatchObject({ code: 'store_unavailable' });
  await expect(askBy('unknown')).rejects.toMatchObject({ code: 'store_unavailable' });
  state.isAway = false;
  await workspace.revokeKey('project-a', 'a', 2);
  state.now += 60_000;
  await expect(askBy('a')).rejects.toMatchObject({ problem: { status: 401 } });
  state.isAway = true;
  state.now += 60_000;
  await expect(askBy('a')).rejects.toMatchObject({ code: 'store_unavailable' });
});

test('without keys, projects that are known go on', async () => {
  const { state, ask } = await setUp(true);
  expect((await ask({ 'x-culprit-project': 'Shop' })).project).toBe('shop');
  state.isAway = true;
  expect((await ask({ 'x-culprit-project': 'Shop' })).project).toBe('shop');
  await expect(ask({})).rejects.toMatchObject({ code: 'store_unavailable' });
});

test('the key of the operator opens every project that is there, and makes none but the usual one', async () => {
  const { ask, workspace } = await setUp(false);
  await workspace.ensureProject('shop', 'Shop');
  const headers = { authorization: 'Bearer a-key-of-the-operator' };
  const inShop = { 'x-api-key': 'a-key-of-the-operator', 'x-culprit-project': 'Shop' };
  expect(await ask(inShop)).toMatchObject({ project: 'shop', by: 'operator', isEverywhere: true });
  const nowhere = ask({ ...inShop, 'x-culprit-project': 'shoop' });
  await expect(nowhere).rejects.toMatchObject({
    problem: { status: 404, code: 'no_such_project' },
  });
  expect(await ask(headers)).toMatchObject({ project: 'default', by: 'operator' });
  const basic = Buffer.from('any:a-key-of-the-operator').toString('base64');
  expect(await ask({ authorization: `Basic ${basic}` })).toMatchObject({ project: 'default' });
  expect((await workspace.projects()).map(({ id }) => id).toSorted()).toEqual(['default', 'shop']);
  await expect(ask({ 'x-api-key': 'a-key-of-the-operato' })).rejects.toThrow('valid key');
});
