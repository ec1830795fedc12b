import { Agent, type AgentOptions } from 'node:http';
import { Readable } from 'node:stream';
import {
  type ClickHouseClient,
  ClickHouseError,
  ClickHouseLogLevel,
  createClient,
} from '@clickhouse/client';
import { CulpritError } from '../../contract/culprit-error.ts';

export type SqlParameters = Readonly<Record<string, unknown>>;

interface SqlOptions {
  /** Seconds after which the engine gives up. Default 30. */
  readonly seconds?: number;
  readonly settings?: Readonly<Record<string, string | number>>;
}

/**
 * Statements with typed parameters (`{name:String}`), over HTTP, embedded or not.
 * Everything throws CulpritError: `store_unavailable`, `store_busy`, `store_failed`.
 */
export interface SqlClient {
  rows<Row>(sql: string, parameters?: SqlParameters, options?: SqlOptions): Promise<Row[]>;
  /** Rows in small batches, read as fast as they are taken. */
  stream<Row>(
    sql: string,
    parameters?: SqlParameters,
    options?: SqlOptions,
  ): AsyncGenerator<readonly Row[]>;
  /** A statement without a result. */
  run(sql: string, parameters?: SqlParameters, options?: SqlOptions): Promise<void>;
  /** The result of a statement that names its format, as it comes. */
  bytes(
    sql: string,
    parameters?: SqlParameters,
    options?: SqlOptions,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** Rows in RowBinary. Resolves when they are on disk. */
  insert(table: string, columns: readonly string[], bytes: readonly Uint8Array[]): Promise<void>;
  /** Why the last statement did not reach the engine; null when it did. */
  lastFailure(): string | null;
  close(): Promise<void>;
}

/** Where the engine listens: a URL such as `http://user:password@host:8123/database`, or a Unix socket. */
export type SqlAddress = { readonly url: string } | { readonly socket: string };

export function sqlClient(address: SqlAddress): SqlClient {
  const client = createClient({
    ...('url' in address
      ? { url: address.url }
      : { url: 'http://engine', http_agent: socketAgent(address.socket) }),
    application: 'culprit',
    request_timeout: REQUEST_MS,
    max_open_connections: AGENT.maxSockets,
    log: { level: ClickHouseLogLevel.OFF },
  });
  let failure: string | null = null;
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      const result = await work();
      failure = null;
      return result;
    } catch (error) {
      const known = storeError(error);
      failure = known.code === 'store_unavailable' ? known.message : null;
      throw known;
    }
  };
  return {
    rows: (sql, parameters, options) =>
      guarded(async () => {
        const result = await asked(client, sql, parameters, options);
        return result.json();
      }),
    stream: (sql, parameters, options) => streamed(client, sql, parameters, options),
    run: (sql, parameters = {}, { settings = {} } = {}) =>
      guarded(async () => {
        await client.command({
          query: sql,
          query_params: parameters,
          clickhouse_settings: settings,
        });
      }),
    bytes: (sql, parameters = {}, { seconds = DEFAULT_SECONDS, settings = {} } = {}) =>
      guarded(async () => {
        const { stream } = await client.exec({
          query: sql,
          query_params: parameters,
          clickhouse_settings: { max_execution_time: seconds, ...settings },
        });
        const pieces: Buffer[] = [];
        for await (const piece of stream) pieces.push(piece as Buffer);
        return new Uint8Array(Buffer.concat(pieces));
      }),
    insert: (table, columns, bytes) =>
      guarded(async () => {
        const { stream } = await client.exec({
          abort_signal: AbortSignal.timeout(INSERT_MS),
          query: `INSERT INTO ${table} (${columns.map((name) => `\`${name}\``).join(', ')}) FORMAT RowBinary`,
          values: Readable.from(bytes, { objectMode: false }),
          clickhouse_settings: INSERT,
        });
        for await (const _ of stream) void _;
      }),
    lastFailure: () => failure,
    close: () => client.close(),
  };
}

const AGENT = { keepAlive: true, maxSockets: 16 } as const;

/** An agent passes its options on to each connection, for which `socketPath` is one. */
function socketAgent(socketPath: string): Agent {
  const options: AgentOptions & { readonly socketPath: string } = {
    ...AGENT,
    socketPath,
  };
  return new Agent(options);
}

/** The longest that one statement may take: a stream of everything, a merge for a deletion. */
const REQUEST_MS = 4 * 3_600_000;
const DEFAULT_SECONDS = 30;
/** Bytes: a statement may name thousands of traces. */
const MOST_SQL = '16000000';
/** An insert that takes longer counts as not done; what was done after all is there once, since rows replace themselves. */
const INSERT_MS = 60_000;
/** Beyond the time that the engine has for a question: then it hangs. */
const GRACE_MS = 15_000;

/** Rows are batched here; an imported history may touch many weeks at once. */
const INSERT = {
  async_insert: 0,
  insert_deduplicate: 0,
  max_partitions_per_insert_block: '1000',
} as const;

function asked(
  client: ClickHouseClient,
  sql: string,
  parameters: SqlParameters = {},
  { seconds = DEFAULT_SECONDS, settings = {} }: SqlOptions = {},
) {
  return client.query({
    query: sql,
    query_params: parameters,
    format: 'JSONEachRow',
    abort_signal: AbortSignal.timeout(Math.min(REQUEST_MS, seconds * 1000 + GRACE_MS)),
    clickhouse_settings: {
      max_execution_time: seconds,
      max_query_size: MOST_SQL,
      output_format_json_quote_64bit_integers: 0,
      ...settings,
    },
  });
}

async function* streamed<Row>(
  client: ClickHouseClient,
  sql: string,
  parameters?: SqlParameters,
  options?: SqlOptions,
): AsyncGenerator<readonly Row[]> {
  try {
    const result = await asked(client, sql, parameters, options);
    for await (const rows of result.stream<Row>()) yield rows.map((row) => row.json());
  } catch (error) {
    throw storeError(error);
  }
}

/** Numbers of ClickHouse's errors that say: later. */
const BUSY: ReadonlySet<string> = new Set([
  '202', // TOO_MANY_SIMULTANEOUS_QUERIES
  '241', // MEMORY_LIMIT_EXCEEDED
  '252', // TOO_MANY_PARTS
]);

/** And: the disk is full, cannot be written or read, or the engine is ending. */
const AWAY: ReadonlySet<string> = new Set([
  '243', // NOT_ENOUGH_SPACE
  '74', // CANNOT_READ_FROM_FILE_DESCRIPTOR
  '75', // CANNOT_WRITE_TO_FILE_DESCRIPTOR
  '76', // CANNOT_OPEN_FILE
  '236', // ABORTED
  '242', // TABLE_IS_READ_ONLY
  '394', // QUERY_WAS_CANCELLED
  '712', // SERVER_OVERLOADED
]);
/** In whatever error the engine wraps it. */
const NO_SPACE =
  /No space left on device|ENOSPC|Disk quota exceeded|Read-only file system|Too many open files/i;

function storeError(error: unknown): CulpritError {
  if (error instanceof CulpritError) return error;
  if (error instanceof ClickHouseError) {
    const code = codeOf(error);
    const text = `${error.type ?? 'error'} ${error.code}: ${error.message}`;
    return new CulpritError(code, `the trace store refused: ${text}`, { cause: error });
  }
  const why = error instanceof Error ? error.message : String(error);
  return new CulpritError('store_unavailable', `the trace store cannot be reached: ${why}`, {
    cause: error,
  });
}

function codeOf({
  code,
  message,
}: ClickHouseError): 'store_busy' | 'store_unavailable' | 'store_failed' {
  if (AWAY.has(code) || NO_SPACE.test(message)) return 'store_unavailable';
  return BUSY.has(code) ? 'store_busy' : 'store_failed';
}
