import * as z from 'zod';

export const intervalSchema = z.tuple([z.number(), z.number()]).readonly();

/** Lower and upper bound. */
export type Interval = z.infer<typeof intervalSchema>;
