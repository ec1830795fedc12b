import { Command } from 'commander';
import * as z from 'zod';
import { analysisSchema } from '../contract/analysis.ts';

export const schemaCommand = (): Command =>
  new Command('schema')
    .description('print the JSON Schema of what `culprit analyze --json` prints')
    .action(() => {
      process.stdout.write(`${JSON.stringify(z.toJSONSchema(analysisSchema), null, 2)}\n`);
    });
