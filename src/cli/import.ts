import { createReadStream } from 'node:fs';
import { Command } from 'commander';
import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import { type ImportReport, importReportSchema } from '../contract/import-report.ts';
import { parseOptions } from '../contract/options.ts';
import { folderFiles } from '../platform/folder-files.ts';
import { printableJson } from '../text/printable.ts';
import { GATE_FAILED } from './exit-code.ts';
import { historyLine, importHistory } from './import-history.ts';
import { importLines } from './import-lines.ts';
import { writeResult } from './output.ts';
import { ADDRESS_HELP, type ServerAddress, serverAddress } from './server-address.ts';
import { asCulpritError, askForJson, ServerRefusal } from './server-request.ts';

const optionsSchema = z.object({
  langfuse: z.union([z.string(), z.literal(true)]).optional(),
  langsmith: z.union([z.string(), z.literal(true)]).optional(),
  since: z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(text)), { error: 'give a date, such as 2026-11-01' })
    .optional(),
  server: z.string().optional(),
  project: z.string().optional(),
  map: z.string().optional(),
  strict: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `culprit import`: brings files into a running server. */
export const importCommand = (): Command =>
  new Command('import')
    .argument(
      '[file...]',
      'Files of any format that `culprit analyze` reads. Use - for standard input.',
    )
    .option('--server <url>', 'The server. (default: http://127.0.0.1:7117)')
    .option('--project <name>', 'The project, where the server requires no key.')
    .option('--map <role=column,...>', 'Name the columns of a table that cannot be guessed.')
    .option(
      '--strict',
      'Refuse a file, before anything of it is stored, if part of it is not understood.',
    )
    .option(
      '--langfuse [url]',
      'Read the history of a Langfuse project (LANGFUSE_BASE_URL, LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY).',
    )
    .option(
      '--langsmith [url]',
      'Read the history of a LangSmith project (LANGSMITH_ENDPOINT, LANGSMITH_API_KEY, LANGSMITH_PROJECT).',
    )
    .option('--since <date>', 'With --langfuse or --langsmith: begin here, the first time.')
    .option('--json', 'Print what was read, stored and not understood as JSON.')
    .addHelpText('after', ADDRESS_HELP)
    .action(async (paths: readonly string[], given: unknown) => {
      const { server, project, json, langfuse, langsmith, since, ...options } = parseOptions(
        optionsSchema,
        given,
        (name) => `--${name}`,
      );
      const address = serverAddress(server, project);
      checkSources(paths, { langfuse, langsmith, since, ...options });
      if (langfuse !== undefined || langsmith !== undefined) {
        const history = await importHistory({ langfuse, langsmith, since }, address);
        writeResult(json ? `${printableJson(history)}\n` : historyLine(history));
        return;
      }
      const files = (await Promise.all(paths.map(folderFiles))).flat();
      const reports: ImportReport[] = [];
      for (const file of files) {
        const { report, isStored } = await importFile(file, options, address);
        reports.push(report);
        if (!json) writeResult(importLines(report, isStored));
        if (!isStored) process.exitCode = GATE_FAILED;
      }
      if (json) writeResult(`${printableJson(reports)}\n`);
    });

/** One source, and no option without effect. Throws `invalid_option`. */
function checkSources(
  paths: readonly string[],
  { langfuse, langsmith, since, map, strict }: Partial<z.output<typeof optionsSchema>>,
): void {
  const named = [paths.length > 0, langfuse !== undefined, langsmith !== undefined];
  if (named.filter(Boolean).length !== 1)
    throw new CulpritError('invalid_option', 'name either files, --langfuse or --langsmith');
  if (paths.length > 0 && since !== undefined)
    throw new CulpritError('invalid_option', '--since has no effect on files');
  if (paths.length === 0 && (map !== undefined || strict === true))
    throw new CulpritError('invalid_option', '--map and --strict are for files');
}

async function importFile(
  file: string,
  { strict, map }: { readonly strict: boolean; readonly map?: string | undefined },
  address: ServerAddress,
): Promise<{ readonly report: ImportReport; readonly isStored: boolean }> {
  const query = new URLSearchParams({
    name: file,
    ...(strict && { strict: 'true' }),
    ...(map !== undefined && { map }),
  });
  try {
    const answer = await askForJson(address, {
      method: 'POST',
      path: `/imports?${query}`,
      body: bytesOf(file),
    });
    return { report: importReportSchema.parse(answer), isStored: true };
  } catch (error) {
    if (error instanceof ServerRefusal && error.problem['code'] === 'not_understood')
      return { report: importReportSchema.parse(error.problem['report']), isStored: false };
    throw asCulpritError(error);
  }
}

/** As they are, compressed or not. Throws `unreadable_file`. */
async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 });
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): CulpritError {
  const reason = (cause as NodeJS.ErrnoException).code ?? cause;
  return new CulpritError('unreadable_file', `cannot read ${file}: ${reason}`, { cause });
}
