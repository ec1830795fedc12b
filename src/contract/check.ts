import * as z from 'zod';
import { type Layer, layerSchema } from './category.ts';

const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, { error: 'must be lowercase letters, digits and _' });

/** A check as users write it, where a sentence alone does not say enough. */
export const checkInputSchema = z.strictObject({
  name: identifier.optional(),
  text: z.string().max(1_000),
  category: identifier.optional(),
  severity: z.number().min(1).max(5).default(3),
  layer: layerSchema.default('prompt'),
  fixCost: z.number().min(1).max(13).default(2),
});

export type CheckInput = z.input<typeof checkInputSchema>;

/** A detector in plain language: what to look for, answered by a model. A yes is a failure. */
export interface Check {
  /** Id of the detector: lowercase letters, digits and `_`. */
  readonly name: string;
  /** The failure in one sentence, as the user wrote it. */
  readonly text: string;
  /** Category of its findings; its own name unless another was given. */
  readonly category: string;
  /** Of a category that the taxonomy does not know; 1 to 5. */
  readonly severity: number;
  readonly layer: Layer;
  readonly fixCost: number;
}
