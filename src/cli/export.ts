import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { count, plural } from '../text/format.ts';
import { writeMessage } from './output.ts';
import { ADDRESS_HELP, type ServerAddress, serverAddress } from './server-address.ts';
import { asCulpritError, askForJson, askServer } from './server-request.ts';

const FORMATS = ['jsonl', 'otlp', 'parquet'] as const;

/** The filters of `GET /api/v1/traces`, by their flags. */
const FILTERS = {
  from: 'Traces that began at this time or later.',
  to: 'Traces that began before this time.',
  status: 'ok, error or unset.',
  failed: 'true or false.',
  signal: 'A detector that found something.',
  tenant: 'Traces of this tenant.',
  user: 'Traces of this user.',
  session: 'Traces of this session.',
  environment: 'Traces of this environment.',
  release: 'Traces of this release.',
  promptVersion: 'Traces of this version of the prompt.',
  model: 'Traces of this model.',
  words: 'Traces with all of these words in the answer.',
} as const;

const filterKeys = Object.keys(FILTERS) as (keyof typeof FILTERS)[];

const optionsSchema = z.object({
  ...Object.fromEntries(filterKeys.map((key) => [key, z.string().optional()])),
  server: z.string().optional(),
  project: z.string().optional(),
  format: z.enum(FORMATS).default('jsonl'),
  out: z.string().optional(),
});

const flag = (key: string): string =>
  `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const exportState = z.object({
  state: z.enum(['running', 'done', 'failed']),
  traces: z.number(),
  records: z.number(),
  leftOut: z.array(z.object({ what: z.string(), count: z.number() })),
});

/** `culprit export`: writes traces of a running server to a file. */
export function exportCommand(): Command {
  const command = new Command('export')
    .addOption(
      new Option('--format <name>', 'Format: all that is stored, or requests of OTLP/JSON.')
        .choices(FORMATS)
        .default('jsonl'),
    )
    .option('--out <file>', 'Write to this file instead of standard output.')
    .option('--server <url>', 'The server. (default: http://127.0.0.1:7117)')
    .option('--project <name>', 'The project, where the server requires no key.');
  for (const key of filterKeys) command.option(`${flag(key)} <value>`, FILTERS[key]);
  return command.addHelpText('after', ADDRESS_HELP).action(async (given: unknown) => {
    const { server, project, format, out, ...filters } = parseOptions(optionsSchema, given, flag);
    if (format === 'parquet' && out === undefined && process.stdout.isTTY)
      throw new CulpritError('invalid_option', '--format parquet needs --out: it is no text');
    const address = serverAddress(server, project);
    const query = new URLSearchParams({ format });
    for (const [key, value] of Object.entries(filters))
      if (value !== undefined && value !== null) query.set(key, timeOf(key, String(value)));
    await exported(address, query, out).catch((error: unknown) => {
      throw asCulpritError(error);
    });
  });
}

/** A day counts as its first moment. */
const timeOf = (key: string, value: string): string =>
  (key === 'from' || key === 'to') && /^\d{4}-\d{2}-\d{2}$/.test(value)
    ? `${value}T00:00:00Z`
    : value;

async function exported(
  address: ServerAddress,
  query: URLSearchParams,
  out: string | undefined,
): Promise<void> {
  const answer = await askServer(address, { path: `/export?${query}` });
  const broken = (cause: unknown): CulpritError =>
    new CulpritError('store_unavailable', `the export broke off: ${cause}; run it again`, {
      cause,
    });
  if (out === undefined) {
    for await (const piece of answer) process.stdout.write(piece as Buffer);
  } else {
    if (existsSync(out)) throw new CulpritError('invalid_option', `--out: ${out} is there already`);
    const part = `${out}.part`;
    try {
      await pipeline(answer, createWriteStream(part, { mode: 0o600 }));
    } catch (error) {
      await rm(part, { force: true });
      throw broken(error);
    }
    await rename(part, out);
  }
  const id = String(answer.headers['x-culprit-export']);
  const state = exportState.parse(await askForJson(address, { path: `/exports/${id}` }));
  if (state.state !== 'done') throw broken(state.state);
  writeMessage(
    `${plural(state.traces, 'trace')}, ${plural(state.records, 'record')}${out === undefined ? '' : `: ${out}`}`,
  );
  for (const { what, count: times } of state.leftOut)
    writeMessage(`  this format does not hold ${what}: ${count(times)}`);
}
