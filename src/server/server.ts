import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CulpritError } from '../contract/culprit-error.ts';
import type { OpenLabelEndpoint } from '../contract/label-model.ts';
import type { OpenEndpoint } from '../contract/online-judge.ts';
import type { Operator } from '../contract/operator.ts';
import { fileSource } from '../platform/file-source.ts';
import { folderLock } from '../platform/folder-lock.ts';
import { packageVersion } from '../platform/package-file.ts';
import { startThread } from '../platform/thread.ts';
import { freeBytes, openTelemetryStore } from '../store/telemetry/telemetry.ts';
import { openWorkspace } from '../store/workspace/workspace.ts';
import { analysisThread } from './analysis/analysis-thread.ts';
import { checkHost } from './listen.ts';
import type { RunningServer } from './running-server.ts';
import type { ServerOptions } from './server-options.ts';
import { startServer } from './start-server.ts';
import { suiteWorkOnThreads } from './suites/suite-thread.ts';

/** Where a server keeps its data, and where it listens. */
export interface ServeOptions {
  /** Folder of the embedded databases. */
  readonly folder: string;
  /** Where causes are promoted to: a folder of suites for each project. Default: `suites` in the folder of the databases. */
  readonly suites?: string | null;
  /** A ClickHouse server for traces instead of the embedded engine. */
  readonly clickhouse: string | null;
  /** A PostgreSQL server for the workspace instead of the embedded one. */
  readonly postgres: string | null;
  readonly host: string;
  /** People sign in, also on loopback. */
  readonly auth?: boolean;
  /** Under which browsers reach the server, where something stands before it. */
  readonly address?: string | null;
  /** An OpenID Connect provider that people sign in with; needs `address`. */
  readonly provider?: ServerOptions['provider'];
  /** Addresses and networks of proxies whose `X-Forwarded-For` counts. */
  readonly trustedProxies?: readonly string[];
  /** Email address of a person who gets a link to set a new password; null for nobody. */
  readonly resetPassword?: string | null;
  /** See `ServerOptions`. */
  readonly operatorKey?: string | null;
  readonly port: number;
  readonly otlpPort: number;
  readonly grpcPort: number;
  /** What only the operator says. Default: alerts go nowhere, and nothing scores traces. */
  readonly operator?: Operator;
  /** Opens the models of online judges. Default: there are none. */
  readonly openEndpoint?: OpenEndpoint;
  /** Opens the label model. Default: there is none. */
  readonly openLabel?: OpenLabelEndpoint;
  /** A file to import and analyze before the start is over; null for none. */
  readonly load: string | null;
  /** A fault that no client caused. */
  readonly onError: (error: unknown) => void;
}

export interface Serving {
  readonly url: string;
  readonly otlpUrl: string;
  readonly grpcUrl: string;
  /** Where the first person is added; null where there is one, or nobody signs in. */
  readonly setupUrl: string | null;
  /** Whether requests need a key. */
  readonly needsKeys: boolean;
  /** Whether it listens on all addresses of the machine; the URLs then have that of loopback. */
  readonly isOnAllAddresses: boolean;
  /** Where the person of `resetPassword` sets a new password; null for nobody. */
  readonly resetUrl: string | null;
  /** Ends what is being answered, writes what waits, closes the databases. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the stores and starts to receive.
 * @throws CulpritError `invalid_input` when another process has the folder, `store_unavailable`, `store_failed`,
 * `invalid_option` for a port that is taken.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const {
    folder,
    clickhouse,
    postgres,
    host,
    auth,
    address,
    provider,
    trustedProxies,
    resetPassword,
    operatorKey,
    port,
    otlpPort,
    grpcPort,
    load,
    onError,
    operator,
    openEndpoint = noEndpoint,
    openLabel = noEndpoint,
  } = options;
  const suiteFolder = resolve(options.suites ?? join(folder, 'suites'));
  const isEmbedded = clickhouse === null || postgres === null;
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const each of closers.reverse().splice(0)) await each();
  };
  try {
    await checkHost(host);
    if (isEmbedded) {
      const lock = await folderLock(folder);
      closers.push(lock.release);
    }
    const store = await openTelemetryStore({
      home: clickhouse === null ? { folder: join(folder) } : { url: clickhouse },
    });
    closers.push(store.close);
    const workspace = await openWorkspace(postgres === null ? { folder } : { url: postgres });
    closers.push(workspace.close);
    const spoolFolder = await spoolFolderIn(isEmbedded ? folder : null);
    const server = await startServer(
      {
        ...{ host, auth: auth === true, address: address ?? null },
        operatorKey: operatorKey ?? null,
        ...{ ports: [port, otlpPort], grpcPort, ...(operator !== undefined && { operator }) },
        ...{ provider: provider ?? null, trustedProxies: trustedProxies ?? [] },
      },
      {
        ...{ store, workspace, onError, openEndpoint, openLabel },
        ...{ spawn: startThread, analyze: analysisThread(), spoolFolder },
        ...{ suiteWork: suiteWorkOnThreads(), suiteFolder },
        freeBytes: clickhouse === null ? () => freeBytes(folder) : null,
        version: await packageVersion(),
      },
    );
    closers.push(server.close);
    if (load !== null) await server.load('default', await fileSource(load));
    const [url = '', otlpUrl = ''] = server.urls.map(reachable);
    const setupUrl = server.setup === null ? null : `${address ?? url}/setup#${server.setup}`;
    const { needsKeys } = server;
    const grpcUrl = reachable(server.grpcUrl ?? '');
    const isOnAllAddresses = reachable(host) !== host;
    const resetUrl =
      resetPassword == null
        ? null
        : `${address ?? url}/reset#${await resetSecret(server, resetPassword)}`;
    return { ...{ url, otlpUrl, grpcUrl, setupUrl, resetUrl, needsKeys, isOnAllAddresses }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const noEndpoint = (): never => {
  throw new CulpritError('invalid_option', 'this server asks no models');
};

async function resetSecret(
  { needsKeys, allowReset }: RunningServer,
  email: string,
): Promise<string> {
  if (!needsKeys)
    throw new CulpritError(
      'invalid_option',
      '--reset-password has no effect where nobody signs in: start the server with --auth',
    );
  const secret = await allowReset(email);
  if (secret !== null) return secret;
  throw new CulpritError(
    'invalid_option',
    `--reset-password: nobody at this server has the email address “${email.slice(0, 254)}”`,
  );
}

/** Nobody can send to the address that stands for all of them. */
const reachable = (address: string): string =>
  address.replace(/\b0\.0\.0\.0\b/, '127.0.0.1').replace(/\[::\]|^::$/, '[::1]');

/** In the locked folder; where none is locked, other servers may use it, and this one takes a folder of its own. */
const spoolFolderIn = async (folder: string | null): Promise<string> =>
  folder === null ? mkdtemp(join(tmpdir(), 'culprit-open-')) : join(folder, 'open');
