import { Command } from 'commander';
import * as z from 'zod';
import { analysisSchema } from '../contract/analysis.ts';

export const schemaCommand = (): Command =>
  new Command('schema').action(() => {
    process.stdout.write(`${JSON.stringify(z.toJSONSchema(analysisSchema), null, 2)}\n`);
  });
