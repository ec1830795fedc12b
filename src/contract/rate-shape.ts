import * as z from 'zod';
import { intervalSchema } from './interval.ts';

/** A rate and its interval, as fields of a schema; `description` says of what it is, and when it is null. */
export const rateShape = (description: string) => ({
  ratePerThousand: z.number().nullable().describe(description),
  rateInterval: intervalSchema.nullable().describe('95% Wilson interval of the rate'),
});
