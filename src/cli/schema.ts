import { Argument, Command } from 'commander';
import * as z from 'zod';
import { analysisSchema } from '../contract/analysis.ts';
import { writeResult } from './output.ts';

export const schemaCommand = (): Command =>
  new Command('schema')
    .addArgument(
      new Argument('[what]', 'What to describe: the output of analyze --json, or suites.')
        .choices(['analysis', 'suite'])
        .default('analysis'),
    )
    .action(async (what: string) => {
      if (what === 'suite') {
        const { suiteSchemaFile } = await import('../verify/verify.ts');
        writeResult(suiteSchemaFile().text);
      } else writeResult(`${JSON.stringify(z.toJSONSchema(analysisSchema), null, 2)}\n`);
    });
