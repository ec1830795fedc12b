import { createReadStream } from 'node:fs';
import { Command } from 'commander';
import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import { type ImportReport, importReportSchema } from '../contract/import-report.ts';
import { parseOptions } from '../contract/options.ts';
import { folderFiles } from '../platform/folder-files.ts';
import { printableJson } from '../text/printable.ts';
import { GATE_FAILED } from './exit-code.ts';
import { importLines } from './import-lines.ts';
import { writeResult } from './output.ts';
import { ADDRESS_HELP, type ServerAddress, serverAddress } from './server-address.ts';
import { asCulpritError, askForJson, ServerRefusal } from './server-request.ts';

const optionsSchema = z.object({
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
      '<file...>',
      'Files of any format that `culprit analyze` reads. Use - for standard input.',
    )
    .option('--server <url>', 'The server. (default: http://127.0.0.1:7117)')
    .option('--project <name>', 'The project, where the server requires no key.')
    .option('--map <role=column,...>', 'Name the columns of a table that cannot be guessed.')
    .option(
      '--strict',
      'Refuse a file, before anything of it is stored, if part of it is not understood.',
    )
    .option('--json', 'Print what was read, stored and not understood as JSON.')
    .addHelpText('after', ADDRESS_HELP)
    .action(async (paths: readonly string[], given: unknown) => {
      const { server, project, json, ...options } = parseOptions(
        optionsSchema,
        given,
        (name) => `--${name}`,
      );
      const address = serverAddress(server, project);
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
