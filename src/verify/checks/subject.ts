import type { FileFacts } from '../../contract/file-facts.ts';
import type { PolicyDefinition } from '../../contract/policy.ts';
import type { Trace } from '../../contract/trace.ts';
import { detectOptions, policyFrom } from '../../detect/detect.ts';
import { Run } from '../../detect/run/run.ts';
import type { CheckServices, CheckSubject } from './define.ts';

/** What detectors are told about the application. */
export type DetectOptions = Run['options'];

/** What is known beside the trace; everything may be left out. */
export interface SubjectParts {
  readonly file?: FileFacts | null;
  readonly options?: DetectOptions;
  readonly reference?: string | null;
  readonly recorded?: Trace | null;
  readonly services?: Partial<CheckServices>;
}

/** A trace as checks look at it. */
export const subjectOf = (
  trace: Trace,
  {
    file = null,
    options = DEFAULT,
    reference = null,
    recorded = null,
    services,
  }: SubjectParts = {},
): CheckSubject => ({
  trace,
  run: new Run(trace, options),
  file,
  reference,
  recorded,
  services: { judge: null, script: null, ...services },
});

const DEFAULT: DetectOptions = detectOptions({ scores: [], stepBudget: 50, policy: null });

/** The options of detection as a suite keeps them. Throws `invalid_option` for a policy that contradicts itself. */
export const optionsOf = (
  scores: readonly string[],
  stepBudget: number,
  policy: PolicyDefinition | null,
): DetectOptions =>
  detectOptions({
    scores,
    stepBudget,
    policy: policy === null ? null : policyFrom(policy, 'policy'),
  });
