import { type Run, runAgent } from './agent.ts';
import { randomFrom } from './random.ts';
import { recorderFor } from './recorder.ts';
import { customerFrom } from './world.ts';

export interface Simulation {
  /** OTLP/JSON export requests, one per line. */
  readonly lines: readonly string[];
  /** The planted cause of each run, stored separately from the traces. */
  readonly runs: readonly Run[];
}

const START = Date.UTC(2026, 5, 1, 8);
const MINUTE = 60_000;
const SPANS_PER_LINE = 96;

/**
 * Simulates a support agent with five tools and its customers, `runs` times over eleven days.
 * Two tenants; prompt v3 for the first half, then v4 with a day of overlap. Same seed, same bytes.
 */
export function simulate(options: { readonly runs: number; readonly seed: number }): Simulation {
  const random = randomFrom(options.seed);
  const recorder = recorderFor('shop-support', '2.14.0', random);
  const runs: Run[] = [];
  for (let index = 0; index < options.runs; index += 1) {
    const progress = index / options.runs;
    const rollout = Math.min(1, Math.max(0, (progress - 0.45) * 10));
    runs.push(
      runAgent(
        {
          random,
          recorder,
          startTime: START + index * 6 * MINUTE + random.integer(0, MINUTE),
          tenant: random.chance(0.6) ? 'acme-outdoor' : 'nordic-home',
          session: `session-${random.hex(8)}`,
          promptVersion: random.chance(rollout) ? 'support-v4' : 'support-v3',
        },
        customerFrom(random),
      ),
    );
  }
  return { lines: recorder.lines(SPANS_PER_LINE), runs };
}
