import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { guardDefinitionSchema } from '../../contract/guard-definition.ts';
import type { Thread } from '../../numeric/numeric.ts';
import type { GuardReply, GuardRequest } from './guard-thread.ts';
import { guards } from './guards.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A thread of which the test says when, and what, it answers. */
function scriptedThread() {
  const posted: GuardRequest[] = [];
  let say: (reply: GuardReply) => void = () => {};
  let die: (reason: unknown) => void = () => {};
  let spawned = 0;
  const spawn = (): Thread => {
    spawned += 1;
    return {
      post(message) {
        const request = message as GuardRequest;
        posted.push(request);
        if (request.kind === 'open') say({ id: request.id, kind: 'opened' });
      },
      listen(onMessage, onDeath) {
        say = onMessage;
        die = onDeath;
      },
      close: () => Promise.resolve(),
    };
  };
  return { spawn, posted, spawned: () => spawned, die: (reason: unknown) => die(reason) };
}

const definitions = {
  open: guardDefinitionSchema.parse({ deadline: 50, enforce: true }),
  closed: guardDefinitionSchema.parse({ deadline: 50, late: 'block', enforce: true }),
  shadow: guardDefinitionSchema.parse({ deadline: 50, late: 'block' }),
};

const made = () => {
  const thread = scriptedThread();
  const errors: unknown[] = [];
  const all = guards({ definitions, spawn: thread.spawn, onError: (error) => errors.push(error) });
  const ask = (guard: string) => all.ask({ project: 'p', guard, record: { input: 'Hello' } });
  return { ...thread, ask, all, errors };
};

test.each([
  ['open', 'allow', null],
  ['closed', 'block', null],
  ['shadow', 'allow', 'block'],
])('a guard without an answer in time is %s: %s', async (guard, action, shadow) => {
  const { ask, all } = made();
  await all.open();
  const asked = ask(guard);
  await vi.advanceTimersByTimeAsync(60);
  expect(await asked).toMatchObject({
    ...{ action, shadow, findings: [] },
    unanswered: [{ check: 'guard', why: 'no answer before the deadline' }],
  });
});

test('a thread that dies fails what waits, is told once, and another is started after a rest', async () => {
  const { ask, all, die, errors, spawned } = made();
  await all.open();
  const asked = ask('closed');
  await vi.advanceTimersByTimeAsync(1);
  die('out of memory');
  expect(await asked).toMatchObject({ action: 'block', unanswered: [{ why: 'the guard failed' }] });
  expect(String(errors[0])).toContain('out of memory');
  expect(await ask('closed')).toMatchObject({
    unanswered: [{ why: 'the guards cannot be loaded' }],
  });
  expect(spawned()).toBe(1);
  await vi.advanceTimersByTimeAsync(1_100);
  const again = ask('open');
  await vi.advanceTimersByTimeAsync(60);
  await again;
  expect(spawned()).toBe(2);
});

test('more questions than can wait are answered at once', async () => {
  const { ask, all } = made();
  await all.open();
  const waiting = Array.from({ length: 500 }, () => ask('closed'));
  await vi.advanceTimersByTimeAsync(0);
  expect(await ask('closed')).toMatchObject({
    action: 'block',
    unanswered: [{ why: 'the guards are busy' }],
  });
  await vi.advanceTimersByTimeAsync(60);
  await Promise.all(waiting);
});
