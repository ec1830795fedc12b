import * as z from 'zod';

/** An amount as people type it: `2.50`. */
export const usDollars: z.ZodType<number, string> = z
  .string()
  .regex(/^\d{1,6}(?:\.\d{1,6})?$/, { error: 'give US dollars, for example 2.50' })
  .transform(Number);
