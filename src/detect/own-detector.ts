import * as z from 'zod';
import { categorySchema } from '../contract/category.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { plainIssue } from '../contract/plain-issue.ts';
import { evidenceSchema, statementSchema } from '../contract/signal.ts';
import { TIERS } from '../contract/tier.ts';
import { type Answer, type Detector, type DetectorDefinition, defineDetector } from './define.ts';
import { Finding } from './finding.ts';
import { UnusableAnswer } from './signals.ts';

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
 * A user's detector, as `defineDetector` makes it or as it takes it, with the defaults filled in. It throws
 * `UnusableAnswer` where it would return anything that is no answer. `taken` holds the ids of the detectors before it.
 * @throws CulpritError `invalid_option` for anything else, or for an id that is taken.
 */
export function ownDetector(value: unknown, taken: ReadonlySet<string>): Detector {
  const { success, error } = definition.safeParse(value);
  if (!success) {
    const [issue] = error.issues;
    throw new CulpritError(
      'invalid_option',
      `this is not a detector (${issue === undefined ? 'it cannot be read' : plainIssue(issue)}). Make one with defineDetector({ id: 'my_check', detect(run) { … } })`,
      { cause: error },
    );
  }
  const detector = defineDetector(value as DetectorDefinition);
  if (taken.has(detector.id))
    throw new CulpritError('invalid_option', `the id ${detector.id} is taken; choose another`);
  return { ...detector, detect: (run, file) => usable(detector.detect(run, file)) };
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

function usable(returned: unknown): Answer {
  if (returned instanceof Promise) {
    returned.catch(() => {});
    throw new UnusableAnswer('it returned a promise; detect must return its findings at once');
  }
  const { success, error } = answer.safeParse(returned);
  if (success) return returned as Answer;
  if (isOldSignal(returned)) throw new UnusableAnswer(OLD_FORM);
  const [issue] = error.issues;
  throw new UnusableAnswer(
    `it returned something other than findings (${issue === undefined ? 'it cannot be read' : plainIssue(issue)}); make them with run.finding({ cause, statement, evidence })`,
  );
}

const OLD_FORM =
  'it returned a signal of the old form (verdict, summary, fingerprint); return run.finding({ cause, statement, evidence }) instead, nothing to say no, or inconclusive(missing)';

/** Detectors once returned lists of finished signals. */
const isOldSignal = (returned: unknown): boolean =>
  Array.isArray(returned) &&
  returned.some((item) => typeof item === 'object' && item !== null && 'verdict' in item);
