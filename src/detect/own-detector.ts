import * as z from 'zod';
import { signalSchema } from '../contract/analysis.ts';
import type { Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import type { DetectOptions, Detector } from './detector.ts';
import { saysNo, saysUnknown } from './verdict.ts';

const signals = z.array(signalSchema);

/**
 * A user's detector, made safe: what it throws, and what it returns that is no list of signals, makes
 * "cannot tell" of that trace and goes to `onError`. No signals at all mean no; all carry its own id.
 */
export const guarded = (
  detector: Detector,
  onError: (detector: string, message: string) => void,
): Detector => ({
  id: detector.id,
  detect(trace, options) {
    const result = attempt(detector, trace, options);
    if (typeof result !== 'string')
      return result.length === 0
        ? saysNo(detector.id)
        : result.map((signal) => ({ ...signal, detector: detector.id }));
    onError(detector.id, `${result.slice(0, MESSAGE)} (trace ${trace.id})`);
    return saysUnknown(detector.id, 'the detector failed');
  },
});

const MESSAGE = 200;

/** Its signals, or in one line what went wrong. */
function attempt(
  detector: Detector,
  trace: Trace,
  options: DetectOptions,
): readonly Signal[] | string {
  try {
    const returned: unknown = detector.detect(trace, options);
    if (returned instanceof Promise) {
      returned.catch(() => {});
      return 'it returned a promise; detect must return its signals at once';
    }
    const { data, error } = signals.safeParse(returned);
    if (data !== undefined) return data;
    const [issue] = error.issues;
    return `it returned no list of signals: ${issue?.path.join('.') || 'the result'}: ${issue?.message}`;
  } catch (error) {
    return `it threw ${String(error).split('\n')[0]}`;
  }
}
