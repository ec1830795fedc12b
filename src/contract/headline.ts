import * as z from 'zod';
import { statementSchema } from './signal.ts';

export const headlineSchema = z
  .object({
    fix: statementSchema
      .nullable()
      .describe('what to fix first; null where no cause is certain enough, and with --all'),
    change: statementSchema
      .nullable()
      .describe(
        'what changed from the version before to the last; null without versions and without failures',
      ),
    rates: statementSchema
      .nullable()
      .describe('share of failed traces of these two versions; null without versions'),
    tenants: statementSchema
      .nullable()
      .default(null)
      .describe('where causes stand out; null below two tenants with 20 traces, and with --all'),
    coverage: statementSchema.describe(
      'traces read, failed, with a known cause and without; with --all, in groups and in none',
    ),
  })
  .readonly();

/** The first lines of a report. */
export type Headline = z.infer<typeof headlineSchema>;
