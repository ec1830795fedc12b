import { Command } from 'commander';
import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { printableJson } from '../text/printable.ts';
import { writeResult } from './output.ts';
import { ADDRESS_HELP, serverAddress } from './server-address.ts';
import { asCulpritError, askForJson } from './server-request.ts';

const name = z.string().min(1).max(500).optional();
const optionsSchema = z.object({
  release: name,
  promptVersion: name,
  model: name,
  environment: name,
  at: z.iso
    .datetime({ offset: true, error: 'give a time such as 2026-11-30T12:00:00Z' })
    .optional(),
  note: z.string().max(5000).optional(),
  server: z.string().optional(),
  project: z.string().optional(),
  json: z.boolean().default(false),
});
const answerSchema = z.object({ id: z.string(), at: z.string() });

/** `culprit deploy`: tells a running server that a version went live. */
export const deployCommand = (): Command =>
  new Command('deploy')
    .option('--release <name>', 'The release, as traces name it (service.version).')
    .option('--prompt-version <name>', 'The version of the prompt.')
    .option('--model <name>', 'The model.')
    .option('--environment <name>', 'Where it went live.')
    .option('--at <time>', 'When. (default: now)')
    .option('--note <text>', 'Anything to remember.')
    .option('--server <url>', 'The server. (default: http://127.0.0.1:7117)')
    .option('--project <name>', 'The project, where the server requires no key.')
    .option('--json', 'Print what was recorded as JSON.')
    .addHelpText('after', ADDRESS_HELP)
    .action(async (given: unknown) => {
      const { server, project, json, at, ...deploy } = parseOptions(
        optionsSchema,
        given,
        (key) => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      );
      const what = [deploy.release, deploy.promptVersion, deploy.model].filter(
        (each) => each !== undefined,
      );
      if (what.length === 0)
        throw new CulpritError(
          'invalid_option',
          'name a --release, a --prompt-version or a --model',
        );
      const address = serverAddress(server, project);
      const body = { ...deploy, ...(at !== undefined && { at: new Date(at).toISOString() }) };
      const asked = { method: 'POST', path: '/deploys', json: body };
      const answer = await askForJson(address, asked).catch((error: unknown) => {
        throw asCulpritError(error);
      });
      if (json) return writeResult(`${printableJson(answer as object)}\n`);
      const { at: time } = answerSchema.parse(answer);
      writeResult(`recorded: ${what.join(', ')} live since ${time}\n`);
    });
