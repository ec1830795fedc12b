import { promoteCodeOptionsSchema } from '../contract/code-options.ts';
import { parseOptions, resolveOptions } from '../contract/options.ts';
import type { Redaction } from '../contract/redaction.ts';
import type { Trace } from '../contract/trace.ts';
import type { Analyzed } from '../pipeline.ts';
import type { TraceInput } from '../platform/trace-input.ts';
import { redactor } from '../redact/redact.ts';
import type { Promotion, ReadSuite, ScriptCheck } from '../verify/verify.ts';
import type { AnalyzeOptions } from './analyze-options.ts';
import { analyzed } from './analyzed.ts';
import { asNamed } from './as-named.ts';
import type { TraceReader } from './read-traces.ts';

export interface PromoteOptions extends AnalyzeOptions {
  /** The cause: its id, or its rank. */
  readonly cause: string | number;
  /** Ids of traces that become guards. Default: the most typical failure, the least typical, and one unlike both. */
  readonly pick?: readonly string[];
  /** Suites that are there already; new cases go to the one of this cause. */
  readonly suites?: readonly ReadSuite[];
  /** Gives the functions of `script` checks in these suites. */
  readonly script?: (file: string) => Promise<ScriptCheck>;
  /** Date and name that new cases carry. Default: today, and `culprit promote`. */
  readonly added?: { readonly at: string; readonly by: string };
}

/**
 * Turns a cause into a suite: cases with the checks that tell them from passing traces, each proven on its recorded
 * output. The same traces and options as `analyze` give the same causes. Nothing is written.
 *
 * @throws CulpritError what `analyze` throws; `invalid_option` for a cause or a pick that there is not, and where
 * redaction would destroy what a check depends on.
 */
export const promote = async (
  source: TraceInput | TraceReader,
  given: PromoteOptions,
): Promise<Promotion> => (await promoted(source, given)).promotion;

/** A promotion with the analysis that it was made from, as its text may be shown and sent. */
export interface Promoted extends Pick<Analyzed, 'analysis' | 'report' | 'categories'> {
  readonly promotion: Promotion;
  /** Redacted. */
  readonly shown: Analyzed['detected'];
}

/** As `promote`. `isSent`: a model is sent what is found, so that it is redacted before anything is made of it. */
export async function promoted(
  source: TraceInput | TraceReader,
  given: PromoteOptions,
  isSent = given.judge !== undefined || typeof given.embedder === 'object',
): Promise<Promoted> {
  parseOptions(promoteCodeOptionsSchema, given, asNamed);
  const {
    cause,
    pick = [],
    suites = [],
    script = null,
    added,
    redact,
    redactSalt,
    ...rest
  } = given;
  const mode = redact ?? 'mask';
  const salt = redactSalt ?? null;
  resolveOptions({ redact: mode, redactSalt: salt });
  const redaction: Redaction =
    mode === 'hash' && salt !== null ? { mode, salt } : { mode: mode === 'mask' ? mode : 'off' };
  // What is sent to a model is redacted before; else the whole values prove that redaction destroys nothing.
  const { analysis, report, detected, categories, resolved } = await analyzed(source, {
    ...rest,
    ...(isSent && { redact: mode, redactSalt: salt }),
  });
  const shown = isSent ? detected : redactor(redaction).detected(detected);
  const redacted = new Map<Trace, Trace>();
  for (const [row, { trace }] of detected.failures.entries())
    redacted.set(trace, shown.failures[row]!.trace);
  for (const [row, trace] of detected.passing.entries()) redacted.set(trace, shown.passing[row]!);
  const { promoteCause } = await import('../verify/verify.ts');
  const promotion = await promoteCause({
    ...{
      analysis,
      detected,
      categories,
      cause,
      picks: pick,
      redaction: mode,
      policy: resolved.policy,
      suites,
    },
    redact: (trace) => redacted.get(trace)!,
    services: { judge: given.judge ?? null, script },
    added: added ?? { at: new Date().toISOString().slice(0, 10), by: 'culprit promote' },
  });
  return { promotion, analysis, report, categories, shown };
}
