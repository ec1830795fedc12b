import { Command } from 'commander';
import * as z from 'zod';
import { analysisSchema } from '../contract/analysis.ts';
import { writeResult } from './output.ts';

export const schemaCommand = (): Command =>
  new Command('schema').action(() => {
    writeResult(`${JSON.stringify(z.toJSONSchema(analysisSchema), null, 2)}\n`);
  });
