import type { AttemptRequest, TargetAnswer } from '../../contract/eval-target.ts';
import type { Trace } from '../../contract/trace.ts';
import { redactor } from '../../redact/redact.ts';

/**
 * Finds the traces of a new version that answer a case: those whose request is the same, up to white space and to what
 * redaction takes out. The first repeat gets the first of them, and so on.
 */
export function matchTraces(traces: readonly Trace[]): (request: AttemptRequest) => TargetAnswer {
  const { text } = redactor({ mode: 'mask' });
  const keyOf = (input: string): string => text(input).replace(/\s+/g, ' ').trim();
  const byInput = new Map<string, Trace[]>();
  for (const trace of traces) {
    const key = keyOf(trace.input);
    const known = byInput.get(key);
    if (known === undefined) byInput.set(key, [trace]);
    else known.push(trace);
  }
  return ({ input, repeat }) => {
    const found = byInput.get(keyOf(input)) ?? [];
    const trace = found[repeat];
    if (trace !== undefined)
      return { kind: 'answered', trace, usage: { tokens: null, dollars: null } };
    return {
      kind: 'failed',
      code: 'not_recorded',
      message:
        found.length === 0
          ? 'no recorded trace has the request of this case'
          : `the request of this case was recorded ${found.length} times, fewer than the attempts: lower --repeat`,
      isInfrastructure: false,
    };
  };
}
