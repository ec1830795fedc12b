import { detectCodeOptionsSchema } from '../contract/code-options.ts';
import type { FileFacts } from '../contract/file-facts.ts';
import { parseOptions, resolveOptions } from '../contract/options.ts';
import type { Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import { detectOptions, detectorsFrom, detectTrace, policyFrom } from '../detect/detect.ts';
import { checkTrace } from '../platform/check-trace.ts';
import type { AnalyzeOptions } from './analyze-options.ts';
import { asNamed } from './as-named.ts';

export interface DetectOptions
  extends Pick<AnalyzeOptions, 'scores' | 'stepBudget' | 'policy' | 'detectors'> {
  /** Facts of the input that the trace comes from, as `analysis.facts` has them. Detectors that need them cannot tell without. */
  readonly file?: FileFacts;
}

/**
 * Signals of every detector about one trace: `yes` with evidence, `no`, or `unknown`.
 * @throws CulpritError `invalid_option`, `invalid_input`.
 */
export function detect(trace: Trace, options: DetectOptions = {}): Signal[] {
  const {
    file = null,
    detectors = [],
    ...given
  } = parseOptions(detectCodeOptionsSchema, options, asNamed);
  const { scores, stepBudget, policy } = resolveOptions(given);
  return detectTrace(
    checkTrace(trace, 'the trace'),
    detectOptions({
      scores,
      stepBudget,
      policy: policy === null ? null : policyFrom(policy, 'policy'),
    }),
    file,
    detectorsFrom(detectors),
  );
}
