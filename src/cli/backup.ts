import { Command } from 'commander';
import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { bytes } from '../text/format.ts';
import { printableJson } from '../text/printable.ts';
import { writeResult } from './output.ts';
import { ADDRESS_HELP, type ServerAddress, serverAddress } from './server-address.ts';
import { asCulpritError, askForJson } from './server-request.ts';

const optionsSchema = z.object({
  server: z.string().optional(),
  list: z.boolean().default(false),
  json: z.boolean().default(false),
});

const madeSchema = z.object({ name: z.string() });
const backupsSchema = z.object({
  items: z.array(z.object({ name: z.string(), made: z.string(), bytes: z.number() })),
});

/** `culprit backup`: has a running server copy the traces of all projects. */
export const backupCommand = (): Command =>
  new Command('backup')
    .argument('[name]', 'What to call it: letters, digits, dots, hyphens. (default: the time)')
    .option('--list', 'List the backups of the server, newest first, and make none.')
    .option('--server <url>', 'The server. (default: http://127.0.0.1:7117)')
    .option('--json', 'Print the name, or the list, as JSON.')
    .addHelpText('after', ADDRESS_HELP)
    .action(async (name: string | undefined, given: unknown) => {
      const { server, list, json } = parseOptions(optionsSchema, given, (key) => `--${key}`);
      const address = serverAddress(server, undefined);
      if (list && name !== undefined)
        throw new CulpritError('invalid_option', `--list takes no name (“${name}”)`);
      const answer = await (list ? listed(address) : made(address, name)).catch(
        (error: unknown) => {
          throw asCulpritError(error);
        },
      );
      writeResult(json ? `${printableJson(answer.value)}\n` : answer.lines);
    });

interface Answer {
  readonly value: unknown;
  readonly lines: string;
}

async function made(address: ServerAddress, name: string | undefined): Promise<Answer> {
  const asked = { method: 'POST', path: '/backups', json: name === undefined ? {} : { name } };
  const value = madeSchema.parse(await askForJson(address, asked));
  return { value, lines: `${value.name}: the backup is whole\n` };
}

async function listed(address: ServerAddress): Promise<Answer> {
  const { items } = backupsSchema.parse(await askForJson(address, { path: '/backups' }));
  const width = Math.max(0, ...items.map(({ name }) => name.length));
  const lines = items.map(
    (each) => `${each.name.padEnd(width)}  ${each.made}  ${bytes(each.bytes)}\n`,
  );
  return { value: items, lines: lines.join('') || 'there is no backup yet\n' };
}
