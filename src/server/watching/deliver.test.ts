import { expect, test } from 'vitest';
import { memoryWatchStore } from '../../testing/memory-watch-store.ts';
import { sampleAlert } from '../../testing/sample-alert.ts';
import type { Channels } from './channels/open-channels.ts';
import { deliverDue } from './deliver.ts';

const MINUTE = 60_000;

function setUp(answer: () => Promise<void>) {
  let now = 0;
  const sent: string[] = [];
  const watch = memoryWatchStore();
  const channels: Channels = {
    list: [{ name: 'team', kind: 'slack' }],
    find: (name) =>
      name === 'team'
        ? {
            kind: 'slack',
            async send(_, id) {
              await answer();
              sent.push(id);
            },
          }
        : null,
  };
  return {
    ...{ watch, sent },
    run(milliseconds: number) {
      now += milliseconds;
      return deliverDue({ watch, channels, clock: () => now });
    },
    add: (id: string, channel = 'team') =>
      watch.addDelivery('shop', { id, channel, alert: sampleAlert('shop') }, now),
    last: async () => (await watch.deliveries('shop', 1))[0],
  };
}

test('a message that cannot be sent is tried again, each time later, and is dead after eight hours', async () => {
  let isDown = true;
  const { run, add, last, watch, sent } = setUp(async () => {
    if (isDown) throw new Error('answered 500');
  });
  await add('one');
  const pauses = [0, 0.5, 2, 10, 60, 360].map((minutes) => minutes * MINUTE);
  for (const [at, pause] of pauses.entries()) {
    if (pause > 0) expect(await run(pause - 1)).toBe(0);
    expect(await run(pause > 0 ? 1 : 0)).toBe(1);
    expect(await last()).toMatchObject({ attempts: at + 1, error: 'answered 500' });
  }
  expect(await last()).toMatchObject({ state: 'dead' });
  expect(await run(1e9)).toBe(0);
  isDown = false;
  expect(await watch.retry('shop', 'one', 0)).toBe(true);
  expect(await run(0)).toBe(1);
  expect(await last()).toMatchObject({ state: 'sent', attempts: 1, error: '' });
  expect(sent).toEqual(['one']);
});

test('a message to a channel that is gone says so', async () => {
  const { run, add, last } = setUp(async () => {});
  await add('one', 'pager');
  await run(0);
  expect((await last())?.error).toContain('there is no channel pager');
});

test('a message is in nobody else’s hands while it is sent', async () => {
  const held = Promise.withResolvers<void>();
  const { run, add, sent } = setUp(() => held.promise);
  await add('one');
  const first = run(0);
  expect(await run(1)).toBe(0);
  held.resolve();
  await first;
  expect(sent).toEqual(['one']);
});
