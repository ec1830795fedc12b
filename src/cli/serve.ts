import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { labelEndpoint } from '../llm/call/label-endpoint.ts';
import { judgeEndpoint } from '../llm/judge/judge-endpoint.ts';
import { builtFile } from '../platform/package-file.ts';
import type { ServeOptions } from '../server/server.ts';
import { environment } from './environment.ts';
import { readOperatorFile } from './operator-file.ts';
import { writeError, writeMessage, writeResult } from './output.ts';
import { serveLines } from './serve-lines.ts';
import { signInEnvironment } from './sign-in-environment.ts';

const portSchema = z.coerce.number().int().min(0).max(65_535);
const optionsSchema = z.object({
  data: z.string().min(1),
  suites: z.string().min(1).optional(),
  port: portSchema,
  otlpPort: portSchema,
  grpcPort: portSchema,
  host: z.string().min(1),
  auth: z.boolean().default(false),
  demo: z.boolean().default(false),
  resetPassword: z.email().max(254).optional(),
  config: z.string().min(1).optional(),
});

/** `culprit serve`: receives traces until it is stopped. */
export const serveCommand = (): Command =>
  new Command('serve')
    .option('--data <folder>', 'Folder of the databases.', dataFolder())
    .option(
      '--suites <folder>',
      'Folder that causes are promoted to, with a folder for each project (default: suites in the data folder).',
    )
    .option('--port <number>', 'Port of the API and the web page.', '7117')
    .option('--otlp-port <number>', 'Port that OpenTelemetry sends to by default.', '4318')
    .option('--grpc-port <number>', 'Port that OpenTelemetry sends to over gRPC.', '4317')
    .option(
      '--host <address>',
      'Address to listen on. Any but loopback requires sign-in and keys.',
      '127.0.0.1',
    )
    .option('--auth', 'People sign in, also on loopback.')
    .option('--reset-password <email>', 'Print a link by which this person sets a new password.')
    .option('--demo', 'Serve the demo traces from a temporary folder, which is removed at the end.')
    .option(
      '--config <file>',
      'What only the operator says: where alerts may go, what scores traces, what guards them (YAML).',
    )
    .addHelpText('after', AFTER)
    .action(async (given: unknown, command: Command) => {
      const {
        data,
        demo,
        config,
        resetPassword = null,
        suites = null,
        ...rest
      } = parseOptions(optionsSchema, given, flag);
      const operator =
        config === undefined ? undefined : await readOperatorFile(config, environment);
      const listen = { ...rest, suites, ...(operator !== undefined && { operator }) };
      if (!demo) {
        const databases = {
          clickhouse: environment('CLICKHOUSE_URL'),
          postgres: environment('DATABASE_URL'),
        };
        const folders = { folder: data, load: null };
        const signIn = { ...signInEnvironment(), resetPassword };
        await serveUntilStopped({ ...listen, ...databases, ...folders, ...signIn });
        // An analysis may still be at work on its thread.
        process.exit();
      }
      if (command.getOptionValueSource('data') === 'cli')
        throw new CulpritError('invalid_option', '--data has no effect with --demo');
      if (resetPassword !== null)
        throw new CulpritError('invalid_option', '--reset-password has no effect with --demo');
      await serveDemo(listen);
      process.exit();
    });

type Listen = Pick<
  ServeOptions,
  'host' | 'auth' | 'port' | 'otlpPort' | 'grpcPort' | 'operator' | 'suites'
>;

/** With embedded databases, whatever the environment names: nothing of the demo gets into those of others. */
async function serveDemo(listen: Listen): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'culprit-demo-'));
  try {
    writeMessage('loading the demo traces and ranking their causes');
    const load = builtFile('demo/traces.otlp.jsonl.gz');
    const address = environment('CULPRIT_PUBLIC_URL');
    await serveUntilStopped({ ...listen, clickhouse: null, postgres: null, folder, load, address });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function serveUntilStopped(options: Omit<ServeOptions, 'onError'>): Promise<void> {
  const key = operatorKey();
  const { serve } = (await import(SERVER.href)) as typeof import('../server/server.ts');
  const stop = stopped();
  const serving = await serve({
    ...options,
    ...{ operatorKey: key, openEndpoint: judgeEndpoint, openLabel: labelEndpoint },
    onError: (error) => writeError(error instanceof Error ? (error.stack ?? '') : String(error)),
  });
  writeResult(serveLines({ ...serving, folder: options.folder }));
  await stop;
  writeMessage('stopping: writing what waits');
  const late = setTimeout(() => {
    writeError('not everything has ended in time; what was acknowledged is stored');
    process.exit(1);
  }, STOP_MS);
  await serving.close();
  clearTimeout(late);
}

/** Throws CulpritError `invalid_option` for one that could be guessed. */
function operatorKey(): string | null {
  const key = environment('CULPRIT_OPERATOR_KEY')?.trim() ?? null;
  if (key === null || GOOD_KEY.test(key)) return key;
  throw new CulpritError(
    'invalid_option',
    'CULPRIT_OPERATOR_KEY: give at least 20 letters and digits that nobody can guess, such as openssl rand -hex 24 writes',
  );
}

/** What a header can hold as one word. */
const GOOD_KEY = /^[\w.~+/=-]{20,}$/;

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
  DATABASE_URL    A PostgreSQL server (15 or newer) for the workspace instead of the embedded one.
  CULPRIT_PUBLIC_URL
                  The address that browsers use, where a proxy stands before the server.
  CULPRIT_TRUSTED_PROXY  Addresses or networks of proxies whose X-Forwarded-For counts.
  CULPRIT_OIDC_ISSUER, CULPRIT_OIDC_CLIENT_ID, CULPRIT_OIDC_CLIENT_SECRET
                  An OpenID Connect provider that people sign in with.
  CULPRIT_OIDC_NAME     What the button calls it.
  CULPRIT_OIDC_DOMAINS  Domains of email addresses that may sign in by it.
  CULPRIT_OIDC_JOIN     Projects that people of these domains join as viewers.
  CULPRIT_OPERATOR_KEY
                  A key that may do everything in every project; at least 20 characters.`;
