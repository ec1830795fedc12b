import { Command } from 'commander';
import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { plural } from '../text/format.ts';
import { printableJson } from '../text/printable.ts';
import { checkMeant, MEANT } from './meant.ts';
import { writeResult } from './output.ts';
import { ADDRESS_HELP, serverAddress } from './server-address.ts';
import { asCulpritError, askForJson } from './server-request.ts';

const name = z.string().min(1).optional();
const optionsSchema = z.object({
  trace: name,
  user: name,
  tenant: name,
  yes: z.boolean().default(false),
  server: z.string().optional(),
  project: z.string().optional(),
  json: z.boolean().default(false),
});
const answerSchema = z.object({ traces: z.number() });

/** `culprit delete`: has a running server delete traces for good. */
export const deleteCommand = (): Command =>
  new Command('delete')
    .option('--trace <id>', 'Delete this trace.')
    .option('--user <id>', 'Delete all traces of this user.')
    .option('--tenant <name>', 'Delete all traces of this tenant.')
    .option('--yes', MEANT)
    .option('--server <url>', 'The server. (default: http://127.0.0.1:7117)')
    .option('--project <name>', 'The project, where the server requires no key.')
    .option('--json', 'Print how many traces were deleted as JSON.')
    .addHelpText('after', ADDRESS_HELP)
    .action(async (given: unknown) => {
      const { yes, server, project, json, ...which } = parseOptions(
        optionsSchema,
        given,
        (key) => `--${key}`,
      );
      const address = serverAddress(server, project);
      const { what, path } = targetOf(which);
      checkMeant(yes, `this deletes ${what} at ${address.url} for good`);
      const asked = { method: 'DELETE', path };
      const answer = await askForJson(address, asked).catch((error: unknown) => {
        throw asCulpritError(error);
      });
      const deleted = answerSchema.parse(answer);
      const { traces } = deleted;
      if (json) writeResult(`${printableJson(deleted)}\n`);
      else
        writeResult(
          traces === 0
            ? `${what}: nothing is stored\n`
            : `${plural(traces, 'trace')} deleted: their bytes are off the disk, and what arrives for them later is left out\n`,
        );
    });

/** Exactly one of them, so that a slip never deletes more than was meant. Throws `invalid_option`. */
function targetOf({ trace, user, tenant }: Partial<z.output<typeof optionsSchema>>): {
  readonly what: string;
  readonly path: string;
} {
  const targets = [
    ...(trace === undefined
      ? []
      : [{ what: `the trace ${trace}`, path: `/traces/${encodeURIComponent(trace)}` }]),
    ...Object.entries({ user, tenant })
      .filter(([, value]) => value !== undefined)
      .map(([kind, value = '']) => ({
        what: `all traces of the ${kind} ${value}`,
        path: `/traces?${new URLSearchParams({ [kind]: value })}`,
      })),
  ];
  const [target, ...others] = targets;
  if (target !== undefined && others.length === 0) return target;
  throw new CulpritError('invalid_option', 'name one of --trace, --user and --tenant');
}
