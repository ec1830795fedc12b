import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Budget } from '../../contract/suite.ts';
import { allOf, answered, lampSuite, runParts } from '../testing/attempts.ts';
import { planAttempts } from './plan-attempts.ts';
import { runAttempts, type Send } from './run-attempts.ts';

const planned = planAttempts(allOf(lampSuite(8), 5), ['candidate']);

/** Attempts that take these amounts in the order in which they start, and end in an order of their own. */
function taking(tokens: readonly number[]): { readonly send: Send; readonly started: number[] } {
  const started: number[] = [];
  const send: Send = async () => {
    const used = tokens[started.length % tokens.length]!;
    started.push(used);
    for (let tick = 0; tick < used % 7; tick += 1) await Promise.resolve();
    const usage = { tokens: used, dollars: used / 1e6 };
    return {
      answer: { ...answered('A new one comes.'), usage },
      ...{ usage, tries: 1, latencyMs: 1, replay: null },
    };
  };
  return { send, started };
}

const run = (send: Send, budget: Budget, attemptLimit: Budget = {}) =>
  runAttempts({ ...runParts([], send), budget, attemptLimit, concurrency: 8, planned });

const amounts = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 50, maxLength: 50 });

describe('eight attempts at a time', () => {
  test('never exceed the budget where none takes more than was declared', async () => {
    await fc.assert(
      fc.asyncProperty(amounts, fc.integer({ min: 1, max: 20_000 }), async (tokens, most) => {
        const { send } = taking(tokens);
        const { spent } = await run(send, { tokens: most }, { tokens: 1_000 });
        expect(spent.tokens).toBeLessThanOrEqual(most);
      }),
      { numRuns: 60 },
    );
  });

  test('exceed it at most by what attempts take above the largest before them', async () => {
    await fc.assert(
      fc.asyncProperty(amounts, fc.integer({ min: 1, max: 20_000 }), async (tokens, most) => {
        const { send, started } = taking(tokens);
        const { spent } = await run(send, { tokens: most });
        const first = started[0]!;
        const above = started.reduce((sum, used) => sum + Math.max(0, used - first), 0);
        expect(spent.tokens).toBeLessThanOrEqual(Math.max(most, first) + above);
      }),
      { numRuns: 60 },
    );
  });

  test('of one size never exceed it, and use it up', async () => {
    const { send, started } = taking([100]);
    const { spent, stopped } = await run(send, { tokens: 1_250 });
    expect([spent.tokens, started.length]).toEqual([1_200, 12]);
    expect(stopped).toBe('1,200 of 1,250 tokens are used, and the next attempt may take 100');
  });

  test('wait for the first, as nobody knows what one takes', async () => {
    const open: (() => void)[] = [];
    const { send } = taking([100]);
    const held: Send = async (...parts) => {
      await new Promise<void>((go) => open.push(go));
      return send(...parts);
    };
    const made = run(held, { dollars: 1 });
    await new Promise(setImmediate);
    expect(open).toHaveLength(1);
    open[0]!();
    await new Promise(setImmediate);
    expect(open).toHaveLength(9);
    for (let at = 1; at < open.length || at < planned.length; at += 1) {
      open[at]!();
      await new Promise(setImmediate);
    }
    expect((await made).stopped).toBeNull();
  });

  test('do not start before those in flight have ended where only one more fits', async () => {
    const { send, started } = taking([100, 10]);
    const { spent, stopped } = await run(send, { tokens: 250 });
    // 100, then ten at a time as each gives back what it did not take: 100 + 10 fit while 100 are set aside.
    expect(spent.tokens).toBeLessThanOrEqual(250);
    expect(started.length).toBeGreaterThan(2);
    expect(stopped).toMatch(/^\d+ of 250 tokens are used, and the next attempt may take 100$/);
  });

  test('make no more calls than allowed, whatever is tried again', async () => {
    const { send } = taking([1]);
    let calls = 0;
    const retrying: Send = async (planned, request, parts) => {
      calls += 1;
      while (calls % 3 !== 0 && parts.takeCall()) calls += 1;
      return send(planned, request, parts);
    };
    const { spent } = await run(retrying, { calls: 20 });
    expect([spent.calls, calls]).toEqual([20, 20]);
  });
});

describe('an attempt that does not say what it takes', () => {
  const silent: Send = async () => ({
    answer: { ...answered('A new one comes.'), usage: { tokens: null, dollars: null } },
    ...{ usage: { tokens: null, dollars: null }, tries: 1, latencyMs: 1, replay: null },
  });

  test('ends the run, as its budget cannot be kept', async () => {
    const { attempts, stopped } = await run(silent, { dollars: 2 });
    expect(attempts).toHaveLength(1);
    expect(stopped).toMatch(
      /^the target does not say what it costs, so the budget of 2 USD cannot/,
    );
  });

  test('counts as much as was declared', async () => {
    const { attempts, spent } = await run(silent, { dollars: 2 }, { dollars: 0.3 });
    expect(attempts).toHaveLength(6);
    expect(spent.dollars).toBeCloseTo(1.8);
  });

  test('does no harm where nothing is bounded', async () => {
    const { attempts, stopped } = await run(silent, {});
    expect([attempts.length, stopped]).toEqual([planned.length, null]);
  });
});

test('a run that goes on counts what came before, and what was in flight once more', async () => {
  const { send } = taking([100]);
  const first = await run(send, { tokens: 500 });
  const inFlight = new Set(['candidate c-1a2b3c4d guard-1 4']);
  const { spent, attempts } = await runAttempts({
    ...runParts([], send),
    ...{ budget: { tokens: 1_000 }, concurrency: 8, planned },
    before: { attempts: first.attempts, inFlight },
  });
  expect(spent).toMatchObject({ tokens: 1_000, calls: 10 });
  expect(attempts).toHaveLength(9);
});
