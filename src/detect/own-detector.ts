import * as z from 'zod';
import { categorySchema } from '../contract/category.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { evidenceSchema, statementSchema, TIERS } from '../contract/signal.ts';
import {
  type Answer,
  type Detector,
  type DetectorDefinition,
  defineDetector,
  findingsIn,
  inconclusive,
  isInconclusive,
} from './define.ts';
import { Finding } from './finding.ts';

const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, { error: 'must be lowercase letters, digits and _' });

const definition = z.object({
  id: identifier,
  tier: z.enum(TIERS).optional(),
  finds: z.string().optional(),
  category: categorySchema.unwrap().omit({ id: true }).partial().optional(),
  categories: z.array(categorySchema.unwrap().extend({ id: identifier })).optional(),
  detect: z.custom<Detector['detect']>((value) => typeof value === 'function', {
    error: 'must be a function',
  }),
});

/**
 * A user's detector, as `defineDetector` makes it or as it takes it, with the defaults filled in.
 * `taken` holds the ids of the detectors before it.
 * @throws CulpritError `invalid_option` for anything else, or for an id that is taken.
 */
export function ownDetector(value: unknown, taken: ReadonlySet<string>): Detector {
  const { success, error } = definition.safeParse(value);
  if (!success) {
    const [issue] = error.issues;
    const place = issue?.path.join('.') || 'the value';
    throw new CulpritError(
      'invalid_option',
      `this is not a detector (${place}: ${issue?.message}). Make one with defineDetector({ id: 'my_check', detect(run) { … } })`,
      { cause: error },
    );
  }
  const detector = defineDetector(value as DetectorDefinition);
  if (taken.has(detector.id))
    throw new CulpritError('invalid_option', `the id ${detector.id} is taken; choose another`);
  return detector;
}

const finding = z.custom<unknown>(Finding.is, { error: 'must be made with run.finding' }).pipe(
  z.object({
    category: z.string().nullish(),
    cause: z.array(z.string()),
    statement: statementSchema,
    confidence: z.number().min(0).max(1),
    spanId: z.string().nullable(),
    evidence: z.array(evidenceSchema).min(1),
  }),
);

const answer = z.union([
  z.array(finding.nullable()),
  finding,
  z.object({ missing: z.string() }),
  z.null(),
  z.undefined(),
  z.literal(false),
  z.literal(''),
]);

/** Counts what goes wrong in users' detectors. */
interface Counts {
  readonly error: (detector: string, message: string) => void;
  readonly unverified: (detector: string) => void;
}

/**
 * A user's detector that cannot end a run: an exception or an unusable answer counts as an error and as
 * "cannot tell" for that trace; a finding whose quote is not in the trace is dropped and counted.
 */
export const guarded = (detector: Detector, counts: Counts): Detector => ({
  ...detector,
  detect(run, file) {
    run.dropped = 0;
    const result = attempt(() => detector.detect(run, file));
    if (typeof result === 'string') {
      counts.error(detector.id, `${result.slice(0, MESSAGE)} (trace ${run.trace.id})`);
      return FAILED;
    }
    for (let count = 0; count < run.dropped; count += 1) counts.unverified(detector.id);
    const { answer } = result;
    const findings = isInconclusive(answer) ? [] : findingsIn(answer);
    if (run.dropped > 0 && findings.length === 0) return UNVERIFIED;
    return isInconclusive(answer) ? answer : findings;
  },
});

const FAILED = inconclusive('the detector failed');
const UNVERIFIED = inconclusive('its quotes are not in the trace');
const MESSAGE = 200;

/** The answer, or in one line what went wrong. */
function attempt(detect: () => unknown): { readonly answer: Answer } | string {
  try {
    const returned = detect();
    if (returned instanceof Promise) {
      returned.catch(() => {});
      return 'it returned a promise; detect must return its findings at once';
    }
    const { success, error } = answer.safeParse(returned);
    if (success) return { answer: returned as Answer };
    if (isOldSignal(returned)) return OLD_FORM;
    const [issue] = error.issues;
    return `it returned something other than findings (${issue?.path.join('.') || 'the result'}: ${issue?.message}); make them with run.finding({ cause, statement, evidence })`;
  } catch (error) {
    return `it threw ${String(error).split('\n')[0]}`;
  }
}

const OLD_FORM =
  'it returned a signal of the old form (verdict, summary, fingerprint); return run.finding({ cause, statement, evidence }) instead, nothing to say no, or inconclusive(missing)';

/** Detectors once returned lists of finished signals. */
const isOldSignal = (returned: unknown): boolean =>
  Array.isArray(returned) &&
  returned.some((item) => typeof item === 'object' && item !== null && 'verdict' in item);
