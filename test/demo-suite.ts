import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { simulate } from '../demo/simulate.ts';
import { type Promotion, promote } from '../src/culprit.ts';

/** Traces of the simulated support agent, as lines: enough for a cause with guards, controls and a slice. */
export const demoTraces = (): string => (traces ??= `${simulate(DEMO).lines.join('\n')}\n`);
let traces: string | undefined;
const DEMO = { runs: 300, seed: 5 };

/** The first cause of these traces as a suite. Made once for all test files of a process, and changed by none. */
export const demoPromotion = (): Promise<Promotion> =>
  (promotion ??= promote(new TextEncoder().encode(demoTraces()), {
    cause: 1,
    added: { at: '2026-11-30', by: 'a test' },
  }));
let promotion: Promise<Promotion> | undefined;

/** Writes that suite into `folder/evals`, as `culprit promote --suite evals` does. */
export async function writeDemoSuite(folder: string): Promise<void> {
  const { file, yaml, payload, suite } = await demoPromotion();
  for (const [name, text] of [
    [file, yaml],
    [suite.payload, payload],
  ] as const) {
    const path = join(folder, 'evals', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
