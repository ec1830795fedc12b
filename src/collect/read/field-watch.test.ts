import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/json.ts';
import { fieldWatch } from './field-watch.ts';

/** A reader of runs with steps: it keeps names, inputs, and metadata as they are. */
function read(value: JsonObject): string {
  const steps = (value['steps'] ?? []) as readonly JsonObject[];
  return JSON.stringify({
    id: value['id'],
    metadata: { ...(value['metadata'] as JsonObject) },
    steps: Object.values(steps).map(({ name, input }) => ({ name, input })),
  });
}

const unreadOf = (...values: readonly Json[]) => {
  const watch = fieldWatch(read);
  for (const value of values) watch.note(value as JsonObject);
  return watch.unread().map(({ path, count }) => `${path} ${count}`);
};

describe('a field that the reader leaves out', () => {
  test('is counted at any depth, by objects that hold something in it', () => {
    const run = (step: object) => ({
      id: 'r',
      steps: [{ name: 'plan' }, { name: 'act', ...step }],
    });
    expect(
      unreadOf(run({ mood: 'calm' }), run({}), run({ mood: '' }), run({ mood: 'calm', at: [1] })),
    ).toEqual(['steps.N.mood 2', 'steps.N.at 1']);
  });

  test('stands for all that is in it', () => {
    expect(unreadOf({ id: 'r', shelf: { row: { cup: 1 } } })).toEqual(['shelf 1']);
  });

  test('is one field for objects by id', () => {
    const steps = { 'a-1': { name: 'plan', mood: 'calm' }, 'b-2': { name: 'act', mood: 'calm' } };
    expect(unreadOf({ id: 'r', steps })).toEqual(['steps.N.mood 1']);
  });

  test('is found in a long list, which is looked at here and there', () => {
    const steps = Array.from({ length: 5_000 }, (_, at) => ({ name: `step ${at}`, mood: 'calm' }));
    expect(unreadOf({ id: 'r', steps })).toEqual(['steps.N.mood 1']);
  });
});

test.each<[string, Json]>([
  ['what is kept as it is, whatever its names', { metadata: { plan: { a1: 'x', tier: 3 } } }],
  ['what another field says as well', { steps: [{ name: 'plan', title: 'plan' }] }],
  [
    'an object that repeats another',
    { steps: [{ name: 'plan the trip' }], last: { of: 'plan the trip' } },
  ],
  ['keys of the format', { version: 2, steps: [{ name: 'plan', type: 'step', index: 0 }] }],
  ['what is empty', { shelf: {}, steps: [{ name: 'plan', mood: null }] }],
])('nothing is lost of %s', (_, value) => {
  expect(unreadOf(value)).toEqual([]);
});

test('many fields, deep objects and readers that fail cost nothing but their names', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`) as Json;
  const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`k${at}x`, 'some']));
  expect(unreadOf({ id: 'r', deep }, { id: 'r', ...wide }).length).toBeLessThanOrEqual(1_000);
  const watch = fieldWatch(() => {
    throw new Error('cannot read');
  });
  watch.note({ id: 'r' });
  expect(watch.unread()).toEqual([]);
});
