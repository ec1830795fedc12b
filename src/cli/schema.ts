import { Argument, Command } from 'commander';
import * as z from 'zod';
import { analysisSchema } from '../contract/analysis.ts';
import { diffSchema } from '../contract/diff.ts';
import { learnedCardSchema, suspectsSchema } from '../contract/learned-model.ts';
import { tenantsSchema } from '../contract/tenants.ts';
import { trendSchema } from '../contract/trend.ts';
import { writeResult } from './output.ts';

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  diff: diffSchema,
  trend: trendSchema,
  tenants: tenantsSchema,
  card: learnedCardSchema,
  suspects: suspectsSchema,
};

export const schemaCommand = (): Command =>
  new Command('schema')
    .addArgument(
      new Argument(
        '[what]',
        'What to describe: the output of analyze, diff, trend, tenants or learn --json (card, suspects), or suites.',
      )
        .choices(['analysis', 'diff', 'trend', 'tenants', 'card', 'suspects', 'suite'])
        .default('analysis'),
    )
    .action(async (what: string) => {
      if (what === 'suite') {
        const { suiteSchemaFile } = await import('../verify/verify.ts');
        writeResult(suiteSchemaFile().text);
        return;
      }
      const schema = SCHEMAS[what] ?? analysisSchema;
      writeResult(`${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`);
    });
