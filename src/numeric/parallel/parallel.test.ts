import { expect, it } from 'vitest';
import { answer } from './kernel-protocol.ts';
import type { KernelTask } from './kernel-task.ts';
import { toShared } from './parallel-steps.ts';

it('a task that fails is reported by its kind', () => {
  const task = { kind: 'kmeans-assign', drift: null } as unknown as KernelTask;
  expect(answer({ id: 5, task })).toMatchObject({
    kind: 'failed',
    id: 5,
    message: expect.stringContaining('kmeans-assign'),
  });
});

it('shared memory holds a copy, and an array that is shared already stays itself', () => {
  const array = Float32Array.of(1, 2, 3);
  const shared = toShared(array);
  expect([...shared]).toEqual([1, 2, 3]);
  expect(shared.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(toShared(shared)).toBe(shared);
});
