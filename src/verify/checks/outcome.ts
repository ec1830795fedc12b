import * as z from 'zod';
import type { CheckOutcome } from '../../contract/check-use.ts';
import type { Evidence } from '../../contract/signal.ts';
import { threeDigits } from '../../text/format.ts';

type Quotes = readonly (Evidence | null)[];

export const pass = (
  reason: string,
  evidence: Quotes = [],
  value: number | null = null,
): CheckOutcome => outcome('pass', reason, evidence, value);

export const fail = (
  reason: string,
  evidence: Quotes = [],
  value: number | null = null,
): CheckOutcome => outcome('fail', reason, evidence, value);

/** `missing` says what was not recorded, or why nobody can know. */
export const cannotTell = (missing: string): CheckOutcome =>
  outcome('cannot_tell', missing, [], null);

export const passIf = (
  isGood: boolean,
  reason: string,
  evidence: Quotes = [],
  value: number | null = null,
): CheckOutcome => outcome(isGood ? 'pass' : 'fail', reason, evidence, value);

const outcome = (
  verdict: CheckOutcome['verdict'],
  reason: string,
  evidence: Quotes,
  value: number | null,
): CheckOutcome => ({
  verdict,
  value,
  reason,
  evidence: evidence.filter((quote) => quote !== null).slice(0, MOST_QUOTES),
});

const MOST_QUOTES = 8;

/** Bounds of a measure, both included; a check of a measure needs one of them. */
const bounds = {
  min: z.number().optional().describe('least value that passes'),
  max: z.number().optional().describe('greatest value that passes'),
};

/** Parameters with bounds, of which one at least is given. */
export const bounded = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ ...shape, ...bounds }).refine((value) => hasBound(value as Bounds), {
    error: 'needs min or max, or it would pass everything',
  });

const hasBound = ({ min, max }: Bounds): boolean => min !== undefined || max !== undefined;

interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Passes where the value lies within the bounds. `what` names it, as in `the answer has {value} words`. */
export function within(
  value: number,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Bounds,
  what: string,
  evidence: Quotes = [],
): CheckOutcome {
  const said = `${what} ${Number.isInteger(value) ? value : threeDigits(value)}`;
  if (value < min) return fail(`${said}, below ${min}`, evidence, value);
  if (value > max) return fail(`${said}, above ${max}`, evidence, value);
  return pass(said, evidence, value);
}
