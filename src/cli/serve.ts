import { homedir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import { parseOptions } from '../contract/options.ts';
import { environment } from './environment.ts';
import { writeError, writeMessage, writeResult } from './output.ts';
import { serveLines } from './serve-lines.ts';

const portSchema = z.coerce.number().int().min(0).max(65_535);
const optionsSchema = z.object({
  data: z.string().min(1),
  port: portSchema,
  otlpPort: portSchema,
  host: z.string().min(1),
});

/** `culprit serve`: receives traces until it is stopped. */
export const serveCommand = (): Command =>
  new Command('serve')
    .option('--data <folder>', 'Folder of the databases.', dataFolder())
    .option('--port <number>', 'Port of the API and the web page.', '7117')
    .option('--otlp-port <number>', 'Port that OpenTelemetry sends to by default.', '4318')
    .option(
      '--host <address>',
      'Address to listen on. Any but loopback requires keys.',
      '127.0.0.1',
    )
    .addHelpText('after', AFTER)
    .action(async (given: unknown) => {
      const { data, port, otlpPort, host } = parseOptions(optionsSchema, given, flag);
      const { serve } = (await import(SERVER.href)) as typeof import('../server/server.ts');
      const serving = await serve({
        ...{ folder: data, port, otlpPort, host },
        clickhouse: environment('CLICKHOUSE_URL'),
        postgres: environment('DATABASE_URL'),
        onError: (error) =>
          writeError(error instanceof Error ? (error.stack ?? '') : String(error)),
      });
      writeResult(serveLines({ ...serving, folder: data }));
      await stopped();
      writeMessage('stopping: writing what waits');
      const late = setTimeout(() => {
        writeError('not everything has ended in time; what was acknowledged is stored');
        process.exit(1);
      }, STOP_MS);
      await serving.close();
      clearTimeout(late);
      // An analysis may still be at work on its thread.
      process.exit();
    });

/** Milliseconds that the server has to end what it does. */
const STOP_MS = 30_000;

/** By its place in the package: what a build bundles for other commands is without it, and it finds its threads beside it. */
const SERVER: URL = new URL(
  import.meta.url.endsWith('.ts') ? '../server/server.ts' : '../server/server.js',
  import.meta.url,
);

const flag = (option: string): string =>
  `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const dataFolder = (): string =>
  environment('CULPRIT_DATA') ??
  join(environment('XDG_DATA_HOME') ?? join(homedir(), '.local', 'share'), 'culprit');

/** Until somebody wants it to end; a second wish ends it at once. */
const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve();
      });
  });

const AFTER = `
Environment:
  CLICKHOUSE_URL  A ClickHouse server for traces instead of the embedded engine.
  DATABASE_URL    A PostgreSQL server (15 or newer) for the workspace instead of the embedded one.`;
