import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenedStore } from '../../src/store/telemetry/telemetry.ts';
import { definitionRow, JULY } from './sample-rows.ts';
import { describeStore, START_MS, type TestStore, testStore } from './test-store.ts';

const HOUR = 3_600_000;

describeStore('definitions', () => {
  let opened: TestStore;
  let store: OpenedStore;
  beforeAll(async () => {
    opened = await testStore();
    ({ store } = opened);
  }, START_MS);
  afterAll(() => opened.close(), START_MS);

  test('rows of several servers are one text, seen from the first to the last', async () => {
    const at = (hours: number) => ({ first: JULY + hours * HOUR, last: JULY + hours * HOUR });
    const [second, other] = [
      definitionRow({ version: 'v2', hash: 'b', text: 'Be exact.', ...at(9) }),
      definitionRow({ name: 'sales', ...at(5) }),
    ];
    await Promise.all(
      [definitionRow(at(3)), definitionRow(at(1)), definitionRow(at(8)), second, other].map((row) =>
        store.insert({ definitions: [row] }),
      ),
    );
    const beyond = { hash: '', text: '', size: 0 };
    await store.insert({
      definitions: [
        ...[definitionRow({ ...at(4), project: 'q' }), definitionRow({ ...at(4), kind: 'tool' })],
        definitionRow({ ...at(10), ...beyond, version: '' }),
      ],
    });
    expect(await store.definitionNames('p', 'prompt')).toEqual([
      { name: 'support', versions: 2, latest: 'v2', first: JULY + HOUR, last: JULY + 10 * HOUR },
      { name: 'sales', versions: 1, latest: 'v1', ...at(5) },
    ]);
    const [v1, v2] = [
      {
        version: 'v1',
        hash: 'a',
        text: 'Be brief.',
        size: 9,
        first: JULY + HOUR,
        last: at(8).last,
      },
      { version: 'v2', hash: 'b', text: 'Be exact.', size: 9, ...at(9) },
    ];
    const full = { version: '', ...beyond, ...at(10) };
    expect(await store.definitions('p', 'prompt', 'support')).toEqual([full, v2, v1]);
    expect(await store.definitions('p', 'prompt', 'support', 'v1')).toEqual([v1]);
    expect(await store.definitions('p', 'prompt', 'support', 'b')).toEqual([v2]);
    expect(await store.definitions('p', 'prompt', 'nothing')).toEqual([]);
    expect(await store.definitionNames('p', 'tool')).toHaveLength(1);
  });

  test('a text goes with the last trace that is known to hold it', async () => {
    const held = (traceId: string, hash: string) =>
      definitionRow({ project: 'private', traceId, hash, version: hash });
    await store.insert({
      definitions: [held('of ann', 'shared'), held('of bob', 'shared'), held('of ann', 'own')],
    });
    const versions = async () =>
      (await store.definitions('private', 'prompt', 'support')).map(({ version }) => version);
    expect(await versions()).toEqual(['own', 'shared']);
    await store.forget({ project: 'private', traceId: 'of ann' });
    expect(await versions()).toEqual(['shared']);
    await store.insert({ definitions: [held('of ann', 'own')] });
    expect(await versions()).toEqual(['shared']);
    await store.forget({ project: 'private', traceId: 'of bob' });
    expect(await versions()).toEqual([]);
  }, 120_000);
});
