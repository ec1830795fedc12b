import * as z from 'zod';
import { evidenceSchema, statementSchema } from '../contract/signal.ts';
import type { Answer, Detector } from './define.ts';
import { inconclusive } from './define.ts';
import { isVerbatim } from './evidence.ts';
import type { Run } from './run/run.ts';

const finding = z.object({
  category: z.string().nullish(),
  cause: z.array(z.string()),
  statement: statementSchema,
  confidence: z.number().min(0).max(1),
  spanId: z.string().nullable(),
  evidence: z.array(evidenceSchema).min(1),
});

const answer = z.union([
  z.array(finding.nullable()),
  finding,
  z.object({ missing: z.string() }),
  z.null(),
  z.undefined(),
  z.literal(false),
  z.literal(''),
]);

/** Where what goes wrong in a user's detector is counted. */
interface Counts {
  readonly error: (detector: string, message: string) => void;
  readonly unverified: (detector: string) => void;
}

/**
 * A user's detector, made safe: what it throws, and an answer that is not one, become "cannot tell" for
 * that trace and are counted; so is a finding whose quote is not in the trace, which is dropped.
 */
export const guarded = (detector: Detector, counts: Counts): Detector => ({
  ...detector,
  detect(run, file) {
    const result = attempt(detector, () => detector.detect(run, file));
    if (typeof result === 'string') {
      counts.error(detector.id, `${result.slice(0, MESSAGE)} (trace ${run.trace.id})`);
      return FAILED;
    }
    return verbatimOnly(result.answer, run, () => counts.unverified(detector.id));
  },
});

const FAILED = inconclusive('the detector failed');
const MESSAGE = 200;

function verbatimOnly(given: Answer, run: Run, drop: () => void): Answer {
  for (; run.dropped > 0; run.dropped -= 1) drop();
  if (!given || 'missing' in given) return given;
  const findings = 'cause' in given ? [given] : given;
  return findings.filter((each) => {
    if (each === null) return false;
    const holds = each.evidence.every((evidence) => isVerbatim(run.trace, evidence));
    if (!holds) drop();
    return holds;
  });
}

/** The answer, or in one line what went wrong. */
function attempt(detector: Detector, detect: () => unknown): { readonly answer: Answer } | string {
  try {
    const returned = detect();
    if (returned instanceof Promise) {
      returned.catch(() => {});
      return 'it returned a promise; detect must return its findings at once';
    }
    const { success, error } = answer.safeParse(returned);
    if (success) return { answer: returned as Answer };
    const [issue] = error.issues;
    return `${detector.id} returned something other than findings: ${issue?.path.join('.') || 'the result'}: ${issue?.message}`;
  } catch (error) {
    return `it threw ${String(error).split('\n')[0]}`;
  }
}
