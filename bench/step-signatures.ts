import type { Trace } from '../src/contract/trace.ts';
import { toolSteps } from '../src/trace/steps.ts';

/**
 * The structural baseline, as `clustertrace` groups runs: equal signatures are one cluster. The signature is the sequence
 * of tools up to the first call that the recorder marks as failed, repetitions written once, and how the run ended.
 */
export const stepSignatures = (traces: readonly Trace[]): readonly string[] =>
  traces.map(signatureOf);

function signatureOf(trace: Trace): string {
  const parts: string[] = [];
  for (const { tool, failed } of toolSteps(trace)) {
    const part = failed ? `${tool} failed` : tool;
    if (parts.at(-1) !== part) parts.push(part);
    if (failed) break;
  }
  return [...parts, trace.error === null ? '' : (trace.error.type ?? 'error')].join(' > ');
}
