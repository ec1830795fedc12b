import { describe, expect, test } from 'vitest';
import type { Failure } from '../../contract/failure.ts';
import type { Trace } from '../../contract/trace.ts';
import { makeTrace } from '../../testing/trace.ts';
import { failuresOf, reasons, times } from './testing/reasons.ts';

describe('a setting that differs from passing traces', () => {
  const failing = (parts: Partial<Trace>): readonly Failure[] =>
    failuresOf(() => makeTrace(parts), { category: 'agent_loop' });
  const passing = (parts: Partial<Trace>): readonly Trace[] => times(40, () => makeTrace(parts));

  test.each([
    [{ model: 'mini' }, { model: 'large' }, 'model `mini`', 'model'],
    [{ promptVersion: 'v4' }, { promptVersion: 'v3' }, 'prompt version `v4`', 'prompt'],
    [{ release: '1.2' }, { release: '1.1' }, 'release `1.2`', 'unknown'],
    [
      { metadata: { temperature: 1.5 } },
      { metadata: { temperature: 0 } },
      'temperature `1.5`',
      'model',
    ],
  ])('%o against %o', (here, there, name, layer) => {
    expect(reasons('agent_loop', failing(here), passing(there))).toMatchObject([
      {
        statement: `Likely because of ${name} (100% here, 0% of passing traces)`,
        layer,
      },
    ]);
  });

  test('is no reason where it is the same, made up from the prompt, or among too few', () => {
    const model = { model: 'mini' };
    expect(reasons('agent_loop', failing(model), passing(model))).toEqual([]);
    const [a, b] = [{ promptVersion: 'sha:12' }, { promptVersion: 'sha:34' }];
    expect(reasons('agent_loop', failing(a), passing(b))).toEqual([]);
    // Two failures against two passing traces: p = 1/3.
    const few = failing(model).slice(0, 2);
    expect(reasons('agent_loop', few, passing({ model: 'large' }).slice(0, 2))).toEqual([]);
  });
});
