import { describe, expect, test } from 'vitest';
import { assistant, call, makeSpan, makeTrace } from '../../testing/trace.ts';
import { toolPath } from './tool-path.ts';

const span = (name: string, failed = false) =>
  makeSpan({
    toolCall: call(name, {}),
    error: failed ? { type: 'error', message: 'no', spanId: null } : null,
  });

describe('the path of a run', () => {
  test('lists the tools called, merging consecutive equal steps but not failures', () => {
    const spans = [span('get'), makeSpan({}), span('track'), span('track'), span('track', true)];
    expect(toolPath(makeTrace({ spans }))).toEqual([
      { tool: 'get', failed: false },
      { tool: 'track', failed: false },
      { tool: 'track', failed: true },
    ]);
  });

  test('comes from the messages if no tool span was recorded', () => {
    const messages = [assistant('', call('search', {}), call('read', {}))];
    expect(toolPath(makeTrace({ messages })).map(({ tool }) => tool)).toEqual(['search', 'read']);
  });

  test('makes names safe to print', () => {
    const [step] = toolPath(makeTrace({ spans: [span(`a\`b\nc${'x'.repeat(200)}`)] }));
    expect(step?.tool).toBe(`a b c${'x'.repeat(55)}…`);
  });
});
