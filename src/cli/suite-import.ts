import { basename, dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import { resolveOptions } from '../contract/options.ts';
import { REDACTIONS, type Redaction } from '../contract/redaction.ts';
import { packageVersion } from '../platform/package-file.ts';
import { readTable } from '../platform/read-table.ts';
import { readSuiteFolder, textOf, writeSuiteFiles } from '../platform/suite-folder.ts';
import { plural } from '../text/format.ts';
import { plain, printableJson } from '../text/printable.ts';
import { type Imported, imported, suiteSchemaFile, suitesIn } from '../verify/verify.ts';
import { lossLines, refuseLosses } from './loss-lines.ts';
import { writeResult } from './output.ts';
import { style } from './style.ts';
import { typable } from './typable.ts';

interface Given {
  readonly suite: string;
  readonly compare: 'equals' | 'contains';
  readonly redact: Redaction['mode'];
  readonly redactSalt?: string;
  readonly strict?: true;
  readonly json?: true;
}

/** Writes a file of another program as a suite, and names what is lost. */
export const importCommand = (): Command =>
  new Command('import')
    .description(
      'Make a suite of a promptfoo configuration or its results, OpenAI Evals samples, a Langfuse or LangSmith dataset, JSON Lines or CSV.',
    )
    .argument('<file>', 'The file; its kind is recognized.')
    .option('--suite <folder>', 'Write the suite into this folder.', 'evals/')
    .addOption(
      new Option('--compare <check>', 'How an answer is compared with a reference.')
        .choices(['equals', 'contains'])
        .default('equals'),
    )
    .addOption(
      new Option('--redact <mode>', 'Take personal data and secrets out of the cases.')
        .choices(REDACTIONS)
        .default('mask'),
    )
    .option('--redact-salt <text>', 'Key the hashes of --redact hash with this text.')
    .option('--strict', 'Refuse, and write nothing, if anything would be lost.')
    .option('--json', 'Print the result as JSON.')
    .action(async (path: string, given: Given) => {
      const { suite: folder, compare, strict, json } = given;
      const redaction = redactionOf(given);
      const suites = suitesIn(await readSuiteFolder(folder));
      const made = await imported(await textOf(path), path, {
        ...{
          compare,
          ...{ readTable, suites, redaction },
          name: basename(path),
          toolVersion: await packageVersion(),
        },
        added: { at: new Date().toISOString().slice(0, 10), by: 'culprit suite import' },
      });
      if (strict === true) refuseLosses(made.losses, `the import of ${path}`);
      const file = suites.some((each) => each.file === made.file)
        ? made.file
        : join(folder, made.file);
      const payload = join(dirname(file), made.suite.payload);
      const schema = suiteSchemaFile();
      if (made.added.length > 0)
        await writeSuiteFiles([
          { path: payload, text: made.payload },
          { path: file, text: made.yaml },
          { path: join(dirname(file), schema.name), text: schema.text },
        ]);
      const { format, losses, added } = made;
      writeResult(
        json === true
          ? `${printableJson({ file, payload, format, added: added.map(({ id }) => id), losses })}\n`
          : linesOf(made, file, folder),
      );
    });

/** Throws `invalid_option` for a salt that is missing, too short or without effect. */
function redactionOf({ redact, redactSalt }: Given): Redaction {
  resolveOptions(
    { redact, redactSalt: redactSalt ?? null },
    (name) => `--${name === 'redactSalt' ? 'redact-salt' : name}`,
  );
  return redact === 'hash' ? { mode: redact, salt: redactSalt ?? '' } : { mode: redact };
}

function linesOf(
  { format, added, losses }: Imported & { readonly format: string },
  file: string,
  folder: string,
): string {
  if (added.length === 0)
    return `read    ${format}\nnothing new: ${style('cyan', plain(file))} holds these cases already\n`;
  const guards = added.filter(({ role }) => role === 'guard').length;
  const unproven = added.filter(({ proof }) => proof === 'unproven').length;
  const lines = [
    `read    ${format}`,
    `suite   ${style('cyan', plain(file))}: ${plural(guards, 'guard')}, ${plural(added.length - guards, 'control')}`,
    ...(unproven === 0 ? [] : [`proof   ${plural(unproven, 'case')} unproven: no recorded answer`]),
    ...lossLines(losses),
    ...(losses.length === 0 ? [] : [`${plural(losses.length, 'loss', 'losses')} in all`]),
    `next    ${typable(`culprit suite check ${folder}`)}`,
  ];
  return `${lines.join('\n')}\n`;
}
