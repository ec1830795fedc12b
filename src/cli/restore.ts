import { Command } from 'commander';
import * as z from 'zod';
import { parseOptions } from '../contract/options.ts';
import { checkMeant, MEANT } from './meant.ts';
import { writeResult } from './output.ts';
import { ADDRESS_HELP, serverAddress } from './server-address.ts';
import { asCulpritError, askServer } from './server-request.ts';

const optionsSchema = z.object({
  server: z.string().optional(),
  yes: z.boolean().default(false),
});

/** `culprit restore`: has a running server put a backup in the place of its traces. */
export const restoreCommand = (): Command =>
  new Command('restore')
    .argument('<name>', 'The backup, as `culprit backup --list` names it.')
    .option('--yes', MEANT)
    .option('--server <url>', 'The server. (default: http://127.0.0.1:7117)')
    .addHelpText('after', ADDRESS_HELP)
    .action(async (name: string, given: unknown) => {
      const { server, yes } = parseOptions(optionsSchema, given, (key) => `--${key}`);
      const address = serverAddress(server, undefined);
      checkMeant(
        yes,
        `this replaces the traces of all projects at ${address.url} by the backup ${name}`,
      );
      const path = `/backups/${encodeURIComponent(name)}/restore`;
      await askServer(address, { method: 'POST', path }).catch((error: unknown) => {
        throw asCulpritError(error);
      });
      writeResult(`${name}: restored; what was deleted since it was made is deleted again\n`);
    });
