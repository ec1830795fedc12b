import { Argument, Command } from 'commander';
import * as z from 'zod';
import { analysisSchema } from '../contract/analysis.ts';
import { diffSchema } from '../contract/diff.ts';
import { writeResult } from './output.ts';

export const schemaCommand = (): Command =>
  new Command('schema')
    .addArgument(
      new Argument(
        '[what]',
        'What to describe: the output of analyze --json, of diff --json, or suites.',
      )
        .choices(['analysis', 'diff', 'suite'])
        .default('analysis'),
    )
    .action(async (what: string) => {
      if (what === 'suite') {
        const { suiteSchemaFile } = await import('../verify/verify.ts');
        writeResult(suiteSchemaFile().text);
        return;
      }
      const schema = what === 'diff' ? diffSchema : analysisSchema;
      writeResult(`${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`);
    });
