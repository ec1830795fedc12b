import { expect, test } from 'vitest';
import type { Thread } from '../../numeric/numeric.ts';
import { finisher } from './finisher.ts';

test('a thread that hangs is ended, its work is given back, and the next call starts another', async () => {
  let started = 0;
  let ended = 0;
  const spawn = (): Thread => {
    const hangs = started++ === 0;
    let answer: (message: unknown) => void = () => {};
    return {
      post: () => {
        if (!hangs)
          queueMicrotask(() => answer({ rows: { traces: [], signals: [] }, failures: [] }));
      },
      listen: (onMessage) => {
        answer = onMessage;
      },
      close: async () => {
        ended++;
      },
    };
  };
  const judging = finisher(spawn, 20);
  const given = [
    judging.finish({ traces: [], stored: [] }),
    judging.finish({ traces: [], stored: [] }),
  ];
  const settled = await Promise.allSettled(given);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(settled[0]).toMatchObject({ reason: { message: expect.stringContaining('no answer') } });
  expect(await judging.finish({ traces: [], stored: [] })).toMatchObject({ failures: [] });
  expect([started, ended]).toEqual([2, 1]);
  await judging.close();
  await expect(judging.finish({ traces: [], stored: [] })).rejects.toThrow('closing');
  expect(started).toBe(2);
});
