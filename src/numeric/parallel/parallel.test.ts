import { expect, it } from 'vitest';
import { toShared } from '../array/to-shared.ts';
import { answer } from './kernel-protocol.ts';
import type { KernelTask } from './kernel-task.ts';
import { createKernelPool } from './pool.ts';
import type { Thread } from './thread.ts';

it('a task that fails is reported by its kind', () => {
  const task = { kind: 'kmeans-assign', placed: null } as unknown as KernelTask;
  expect(answer({ id: 5, task })).toMatchObject({
    kind: 'failed',
    id: 5,
    message: expect.stringContaining('kmeans-assign'),
  });
});

it('copies an array to shared memory, unless it is already shared', () => {
  const array = Float32Array.of(1, 2, 3);
  const shared = toShared(array);
  expect([...shared]).toEqual([1, 2, 3]);
  expect(shared.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(toShared(shared)).toBe(shared);
});

const task = { kind: 'kmeans-assign', placed: null } as unknown as KernelTask;
const worker = (over: Partial<Thread>): Thread => ({
  post: () => {},
  listen: () => {},
  close: async () => {},
  ...over,
});

it('a task that cannot be sent, or whose worker dies, fails with a code', async () => {
  const unsent = createKernelPool(
    () =>
      worker({
        post: () => {
          throw new Error('could not be cloned');
        },
      }),
    1,
  );
  await expect(unsent.run([task])).rejects.toMatchObject({
    code: 'worker_failed',
    message: expect.stringContaining('could not be cloned'),
  });
  let die: (cause: unknown) => void = () => {};
  const mortal = createKernelPool(
    () =>
      worker({
        listen: (_, onDeath) => {
          die = onDeath;
        },
      }),
    1,
  );
  const run = mortal.run([task]);
  die('out of memory');
  await expect(run).rejects.toMatchObject({
    code: 'worker_failed',
    message: expect.stringContaining('out of memory'),
  });
});

it('the pool sums the results of its workers and assigns tasks in turn', async () => {
  const posts: number[] = [];
  let next = 0;
  const pool = createKernelPool(() => {
    const own = next++;
    let reply: (message: unknown) => void = () => {};
    return worker({
      listen: (onMessage) => {
        reply = onMessage;
      },
      post: (message) => {
        posts.push(own);
        reply({ kind: 'done', id: (message as { id: number }).id, sum: 10 ** own });
      },
    });
  }, 2);
  expect(await pool.run([task, task, task])).toBe(1 + 10 + 1);
  expect(posts).toEqual([0, 1, 0]);
});
