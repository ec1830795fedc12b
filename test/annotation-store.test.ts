import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeTaxonomy, STARTERS, undoTaxonomyChange } from '../src/annotation/annotation.ts';
import type { LabelFields } from '../src/contract/person-label.ts';
import type { TaxonomyChange } from '../src/contract/taxonomy.ts';
import { openWorkspace, type Workspace } from '../src/store/workspace/workspace.ts';
import { postgresHome, startPostgres, type TestPostgres } from './postgres.ts';

const home = postgresHome();
const folder = mkdtempSync(join(tmpdir(), 'culprit-annotation-'));
let server: TestPostgres | null = null;
afterAll(() => {
  server?.stop();
  rmSync(folder, { recursive: true, force: true });
});
if (home === null) console.warn('skipped: there is no PostgreSQL on this machine');

const NOW = 1_000_000;
const FIELDS: LabelFields = {
  ...{ triage: 'genuine', category: null, note: '', codes: [], proposal: null },
  milliseconds: 1000,
};
const people = Array.from({ length: 40 }, (_, at) => `person ${at}`);

describe.each([
  { name: 'embedded', isThere: true, open: async () => openWorkspace({ folder }) },
  {
    name: 'PostgreSQL',
    isThere: home !== null,
    open: async () => {
      server = await startPostgres(home!);
      return openWorkspace({ url: server.url });
    },
  },
])('annotation, $name', ({ isThere, open }) => {
  let workspace: Workspace;
  let made = 0;
  const newId = (): string => `id-${++made}`;
  const doing = (by: string, at = NOW) => ({ id: newId(), at, by });
  beforeAll(async () => {
    if (!isThere) return;
    workspace = await open();
    await workspace.ensureProject('shop', 'Shop');
  }, 120_000);
  afterAll(() => workspace?.close());

  const queueOf = async (annotators: number, items: number, points = 0): Promise<string> => {
    const settings = { name: 'Doubt', annotators, blind: true, rules: [], isClosed: false };
    const queue = { id: newId(), kind: 'traces' as const, settings };
    await workspace.annotation.addQueue('shop', doing('Ada'), queue);
    await workspace.annotation.addItems(
      'shop',
      queue.id,
      Array.from({ length: items }, (_, at) => ({
        ...{ id: newId(), subject: `trace-${at}`, at: NOW },
        reasons: [{ kind: 'error' as const, name: '', points: points * at }],
      })),
    );
    return queue.id;
  };
  const next = (queue: string, person: string, now = NOW) =>
    workspace.annotation.next(queue, { person, now, until: now + 60_000 });
  const answer = (item: string, person: string, at = NOW, fields = FIELDS) =>
    workspace.annotation.answer('shop', item, { ...doing(person, at), label: newId(), fields });

  test.runIf(isThere).each([1, 2, 3])(
    'many annotators at once, one item left: %i answers, no more and no fewer',
    async (wanted) => {
      const queue = await queueOf(wanted, 1);
      const taken = await Promise.all(people.map((person) => next(queue, person)));
      const holders = people.filter((_, at) => taken[at] !== null);
      expect(holders).toHaveLength(wanted);
      const item = taken.find((each) => each !== null)!.id;
      // Everybody answers at once, those without a reservation too, some twice.
      const results = await Promise.all(
        [...people, ...people].map((person) => answer(item, person)),
      );
      expect(results.filter(({ kind }) => kind === 'done')).toHaveLength(wanted);
      const labels = await workspace.annotation.labels('shop', { person: 'Ada', queue });
      expect(labels.map(({ person }) => person).sort()).toEqual(holders.toSorted());
      expect(await workspace.annotation.counts(queue, 'Ada', NOW)).toMatchObject({
        ...{ items: 1, done: 1, left: 0 },
      });
    },
    60_000,
  );

  test.runIf(isThere)(
    'many annotators at many items: each item has its answers',
    async () => {
      const queue = await queueOf(2, 30);
      const work = async (person: string): Promise<number> => {
        for (let done = 0; ; done++) {
          const item = await next(queue, person);
          if (item === null) return done;
          expect((await answer(item.id, person)).kind).toBe('done');
        }
      };
      const done = await Promise.all(people.slice(0, 8).map(work));
      expect(done.reduce((sum, each) => sum + each, 0)).toBe(60);
      const items = await workspace.annotation.doneItems('shop', queue);
      expect(items.map(({ answered }) => new Set(answered).size)).toEqual(items.map(() => 2));
      expect(items).toHaveLength(30);
    },
    60_000,
  );

  test.runIf(isThere)('a reservation ends, is renewed, is given back', async () => {
    const queue = await queueOf(1, 1);
    const item = await next(queue, 'Ada');
    expect((await next(queue, 'Ada'))?.id).toBe(item?.id);
    expect(await next(queue, 'Ben')).toBe(null);
    const renewed = { person: 'Ada', now: NOW + 50_000, until: NOW + 110_000 };
    expect((await workspace.annotation.hold('shop', item!.id, renewed))?.holders).toEqual({
      Ada: NOW + 110_000,
    });
    expect(await next(queue, 'Ben', NOW + 70_000)).toBe(null);
    expect((await next(queue, 'Ben', NOW + 120_000))?.holders).toEqual({ Ben: NOW + 180_000 });
    expect(
      await workspace.annotation.hold('shop', item!.id, { ...renewed, now: NOW + 130_000 }),
    ).toBe(null);
    expect((await answer(item!.id, 'Ada', NOW + 130_000)).kind).toBe('taken');
    await workspace.annotation.release('shop', item!.id, { person: 'Ben', isDeferred: false });
    expect((await answer(item!.id, 'Ada', NOW + 130_000)).kind).toBe('done');
  });

  test.runIf(isThere)(
    'points come first, then each person has an order; what is put off is last',
    async () => {
      const byPoints = await queueOf(5, 4, 20);
      expect((await next(byPoints, 'Ada'))?.points).toBe(60);
      const same = await queueOf(5, 12);
      const orderOf = async (person: string) =>
        (await workspace.annotation.items({ queue: same, person, now: NOW, limit: 50 })).map(
          ({ subject }) => subject,
        );
      const [ada, ben] = [await orderOf('Ada'), await orderOf('Ben')];
      expect(ada).not.toEqual(ben);
      expect(ada.toSorted()).toEqual(ben.toSorted());
      const first = await next(same, 'Ada');
      expect(first?.subject).toBe(ada[0]);
      await workspace.annotation.release('shop', first!.id, { person: 'Ada', isDeferred: true });
      expect((await next(same, 'Ada'))?.subject).toBe(ada[1]);
      expect((await orderOf('Ada')).at(-1)).toBe(ada[0]);
    },
  );

  test.runIf(isThere)('others stay hidden until an item has all its answers', async () => {
    const queue = await queueOf(2, 1);
    const item = await next(queue, 'Ada');
    await answer(item!.id, 'Ada');
    const seenBy = async (person: string) =>
      (await workspace.annotation.labels('shop', { person, queue })).map((each) => each.person);
    expect(await seenBy('Ada')).toEqual(['Ada']);
    expect(await seenBy('Ben')).toEqual([]);
    await answer(item!.id, 'Ben', NOW + 1);
    expect(await seenBy('Cleo')).toEqual(['Ben', 'Ada']);
  });

  test.runIf(isThere)('an answer is taken back, and wanted again', async () => {
    const queue = await queueOf(1, 1);
    const item = await next(queue, 'Ada');
    await answer(item!.id, 'Ada');
    const [line] = await workspace.activity('shop', { limit: 1 });
    expect(line).toMatchObject({ action: 'answer', by: 'Ada' });
    // The log of decisions leaves it to the annotation.
    expect((await workspace.undo('shop', { ...doing('Ada'), undoes: line!.id })).kind).toBe(
      'annotation',
    );
    const undo = { ...doing('Ada'), undoes: line!.id };
    expect((await workspace.annotation.undo('shop', undo)).kind).toBe('done');
    expect(
      (await workspace.annotation.undo('shop', { ...doing('Ada'), undoes: line!.id })).kind,
    ).toBe('undone already');
    expect(await workspace.annotation.labels('shop', { person: 'Ada', queue })).toEqual([]);
    expect((await next(queue, 'Ben'))?.answered).toEqual([]);
  });

  test.runIf(isThere)(
    'a disagreement is settled once, with its reason, and taken back',
    async () => {
      const queue = await queueOf(2, 1);
      const item = await next(queue, 'Ada');
      const settle = () =>
        workspace.annotation.settle('shop', item!.id, {
          ...{ ...doing('Cleo'), label: newId() },
          fields: { ...FIELDS, triage: 'bad_item', note: 'The request is empty' },
        });
      await answer(item!.id, 'Ada');
      expect((await settle()).kind).toBe('taken');
      await answer(item!.id, 'Ben');
      expect((await settle()).kind).toBe('done');
      expect((await settle()).kind).toBe('taken');
      const [line] = await workspace.activity('shop', { limit: 1 });
      const labels = await workspace.annotation.labels('shop', { person: 'Ada', queue });
      expect(labels.find(({ settles }) => settles)?.note).toBe('The request is empty');
      await workspace.annotation.undo('shop', { ...doing('Cleo'), undoes: line!.id });
      expect((await workspace.annotation.item('shop', item!.id))?.settled).toBe(null);
    },
  );

  test.runIf(isThere)('settings reach items; a closed queue gives out nothing', async () => {
    const queue = await queueOf(1, 1);
    const change = (given: object) =>
      workspace.annotation.changeQueue('shop', doing('Ada'), queue, given);
    await change({ annotators: 2 });
    expect(await next(queue, 'Ada')).not.toBe(null);
    expect(await next(queue, 'Ben')).not.toBe(null);
    await change({ isClosed: true });
    expect(await next(queue, 'Ada')).toBe(null);
    const [line] = await workspace.activity('shop', { limit: 1 });
    await workspace.annotation.undo('shop', { ...doing('Ada'), undoes: line!.id });
    expect((await workspace.annotation.queue('shop', queue))?.isClosed).toBe(false);
    expect(await next(queue, 'Ada')).not.toBe(null);
  });

  test.runIf(isThere)(
    'a split moves 200 labels, and is taken back while some moved on',
    async () => {
      const { annotation } = workspace;
      await workspace.ensureProject('tree', 'Tree');
      await annotation.beginTaxonomy('tree', STARTERS.method, NOW);
      const change = (given: TaxonomyChange) =>
        annotation.changeTaxonomy('tree', { ...doing('Ada'), action: given.kind }, (now, labels) =>
          changeTaxonomy(now, given, labels),
        );
      await change({ kind: 'edit', id: 'agent_loop', fields: { name: 'Loops' } });
      const label = (subject: string, category: string, by = 'Ada') =>
        annotation.label('tree', {
          ...{ ...doing(by), label: newId() },
          fields: { ...FIELDS, kind: 'trace', subject, category },
        });
      for (let at = 0; at < 200; at++) await label(`t-${at}`, 'agent_loop');
      expect((await label('t', 'nowhere')).kind).toBe('no such category');
      const labels = await annotation.labels('tree', { person: 'Ada', category: 'agent_loop' });
      const ids = labels.map(({ id }) => id);
      const part = { ...STARTERS.method.categories[0]!, id: 'same_call', name: 'Same call' };
      const split = await change({
        ...{ kind: 'split', id: 'agent_loop', parts: [part] },
        labels: Object.fromEntries(ids.map((id) => [id, 'same_call'])),
      });
      expect(split.moves).toHaveLength(200);
      expect(await annotation.labelCounts('tree')).toEqual({ same_call: 200 });
      await label('t-0', 'gave_up');
      await label('new', 'same_call', 'Ben');
      const undoes = split.activity.id;
      const undo = () =>
        annotation.undoTaxonomy('tree', { ...doing('Ada'), undoes }, undoTaxonomyChange);
      expect((await undo()).kind).toBe('done');
      expect(await annotation.labelCounts('tree')).toEqual({ agent_loop: 200, gave_up: 1 });
      expect((await undo()).kind).toBe('undone already');
      // The change before can be taken back, too: what holds is its own content again.
      const first = (await workspace.activity('tree', { limit: 500 })).find(
        ({ action }) => action === 'edit',
      );
      const older = { ...doing('Ada'), undoes: first!.id };
      expect((await annotation.undoTaxonomy('tree', older, undoTaxonomyChange)).kind).toBe('done');
      expect(
        (await annotation.taxonomy('tree'))?.categories.find(({ id }) => id === 'agent_loop')?.name,
      ).toBe(STARTERS.method.categories.find(({ id }) => id === 'agent_loop')?.name);
      expect((await annotation.taxonomyVersions('tree')).map(({ version }) => version)).toEqual([
        5, 4, 3, 2, 1,
      ]);
    },
    120_000,
  );
});
