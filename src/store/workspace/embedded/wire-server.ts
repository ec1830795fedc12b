import { createServer, type Server, type Socket } from 'node:net';
import { OPENING, type WireMessage, wireMessages } from './wire-messages.ts';

/** What is used of PGlite. */
export interface WireDatabase {
  runExclusive<Result>(work: () => Promise<Result>): Promise<Result>;
  execProtocolRawStream(
    message: Uint8Array,
    options: { readonly onRawData: (data: Uint8Array) => void },
  ): Promise<void>;
  isInTransaction(): boolean;
}

/** Messages of one client that run as one: up to its Sync, or a whole simple query. */
interface Unit {
  readonly client: Client;
  readonly messages: readonly Uint8Array[];
  /** More of the same follows: nobody else may come between. */
  readonly isPart: boolean;
}

interface Client {
  readonly socket: Socket;
  readonly messages: Uint8Array[];
  isGone: boolean;
}

/**
 * Serves the one session that PGlite has to several clients of PostgreSQL. The messages of a statement run together, since
 * all clients share the unnamed statement, and who has begun a transaction has the database until its end.
 * @param onDeath Called when the database itself failed, not a statement: it is of no use any more.
 */
export function wireServer(database: WireDatabase, onDeath: (error: unknown) => void): Server {
  const queue: Unit[] = [];
  let owner: Client | null = null;
  let isRunning = false;

  const run = async ({ client, messages }: Omit<Unit, 'isPart'>): Promise<void> => {
    const onRawData = (data: Uint8Array): void => {
      if (!client.socket.destroyed) client.socket.write(Buffer.from(data));
    };
    await database.runExclusive(async () => {
      for (const message of messages) await database.execProtocolRawStream(message, { onRawData });
    });
  };
  const pump = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    for (;;) {
      if (owner?.isGone) {
        await run({ client: owner, messages: [SYNC, ROLLBACK] });
        owner = null;
      }
      const at = owner === null ? 0 : queue.findIndex(({ client }) => client === owner);
      const [unit] = at < 0 ? [] : queue.splice(at, 1);
      if (unit === undefined) break;
      await run(unit);
      owner = unit.isPart || database.isInTransaction() ? unit.client : null;
    }
    isRunning = false;
  };
  const add = (unit: Unit): void => {
    queue.push(unit);
    pump().catch(onDeath);
  };

  const takeMessage = (client: Client, { type, code, bytes }: WireMessage): void => {
    if (code === OPENING.ssl || code === OPENING.encryption) client.socket.write('N');
    else if (type === 'X' || (code !== null && code !== OPENING.startup)) client.socket.end();
    else {
      client.messages.push(bytes);
      if (type !== '' && !ENDS.has(type)) return;
      add({ client, messages: client.messages.splice(0), isPart: type === 'H' });
    }
  };
  const gone = (client: Client): void => {
    client.isGone = true;
    for (let at = queue.length - 1; at >= 0; at--)
      if (queue[at]?.client === client) queue.splice(at, 1);
    pump().catch(onDeath);
  };

  return createServer((socket) => {
    const client: Client = { socket, messages: [], isGone: false };
    const messages = wireMessages();
    socket.on('data', (piece) => {
      try {
        for (const message of messages.take(piece)) takeMessage(client, message);
      } catch {
        socket.destroy();
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => gone(client));
  });
}

/** Query, Sync, Flush, FunctionCall, CopyDone, CopyFail: what the client then waits for an answer to. */
const ENDS: ReadonlySet<string> = new Set(['Q', 'S', 'H', 'F', 'c', 'f']);

const SYNC = Uint8Array.of('S'.charCodeAt(0), 0, 0, 0, 4);
const ROLLBACK = query('ROLLBACK');

function query(sql: string): Uint8Array {
  const text = Buffer.from(`${sql}\0`);
  const head = Buffer.from('Q\0\0\0\0');
  head.writeUInt32BE(4 + text.length, 1);
  return new Uint8Array(Buffer.concat([head, text]));
}
