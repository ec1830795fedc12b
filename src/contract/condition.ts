import * as z from 'zod';
import { factColumnSchema } from './fact.ts';

const atomSchema = z
  .object({
    fact: factColumnSchema,
    least: z.number().nullable().describe('the quantity is at least this; null for no bound'),
    most: z.number().nullable().describe('the quantity is at most this; null for no bound'),
  })
  .readonly();

/** A fact that a trace has, or a quantity of it within bounds. */
export type Atom = z.infer<typeof atomSchema>;

export const conditionSchema = z
  .object({ atoms: z.array(atomSchema).min(1).max(3).readonly() })
  .readonly();

/** What the members of a cause share: every atom holds. Together with the file facts it can be evaluated on any trace. */
export type Condition = z.infer<typeof conditionSchema>;

/** The facts of one trace: quantity by key, null for a fact without one. */
export type FactSet = ReadonlyMap<string, number | null>;

/** Whether a trace meets the condition. */
export const meets = ({ atoms }: Condition, facts: FactSet): boolean =>
  atoms.every((atom) => holds(atom, facts));

function holds({ fact, least, most }: Atom, facts: FactSet): boolean {
  const quantity = facts.get(fact.key);
  if (quantity === undefined) return false;
  if (least === null && most === null) return true;
  if (quantity === null) return false;
  return (least === null || quantity >= least) && (most === null || quantity <= most);
}
