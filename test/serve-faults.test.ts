import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Serving, serve } from '../src/server/server.ts';
import { startEngine } from '../src/store/telemetry/engine-process.ts';
import { postgresHome, startPostgres } from './postgres.ts';
import { plainUser, serveProcess } from './serve-process.ts';
import { canMakeDisks, smallDisk } from './small-disk.ts';
import { spanSender } from './span-sender.ts';
import { storedSpans } from './store/stored-spans.ts';
import { describeStore } from './store/test-store.ts';

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-serve-faults-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const id = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');
const request = (n: number, text = 'hi'): string =>
  JSON.stringify({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                ...{ traceId: id(n, 32), spanId: id(n, 16), name: 'ask' },
                startTimeUnixNano: `${Date.now()}000000`,
                endTimeUnixNano: `${Date.now() + 5}000000`,
                attributes: [{ key: 'input.value', value: { stringValue: text } }],
              },
            ],
          },
        ],
      },
    ],
  });

/** Hexadecimal digits, of which a disk holds half as many bytes. */
const incompressible = (size: number): string => {
  let text = '';
  for (let nth = 0; text.length < size; nth++)
    text += createHash('sha512').update(`${nth}`).digest('hex');
  return text;
};

const post = (url: string, path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
const sendTo = async (url: string, n: number, text?: string): Promise<number> =>
  (await post(url, '/v1/traces', request(n, text))).status;
const isStored = async (url: string, n: number): Promise<boolean> =>
  (await fetch(`${url}/api/v1/traces/${id(n, 32)}`)).status === 200;
const readiness = async (url: string): Promise<readonly [number, unknown]> => {
  const answer = await fetch(`${url}/ready`);
  return [answer.status, await answer.json()];
};

const options = (folder: string, more: object = {}) => ({
  ...{ folder, clickhouse: null, postgres: null, host: '127.0.0.1', port: 0, otlpPort: 0 },
  ...{ load: null, grpcPort: 0 },
  onError: () => {},
  ...more,
});
async function serving(
  given: Parameters<typeof serve>[0],
  work: (server: Serving) => Promise<void>,
) {
  const server = await serve(given);
  try {
    await work(server);
  } finally {
    await server.close();
  }
}
const LONG = { timeout: 60_000, interval: 100 };

describeStore('the process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s under load: it ends, and everything acknowledged is stored',
    async (signal) => {
      const folder = newFolder();
      const server = await serveProcess(folder);
      const sender = spanSender(() => server.url, signal[3]!);
      await sender.more(1_000);
      const code = await server.end(signal);
      await sender.stop();
      expect([code, server.errors().trim()]).toEqual([0, 'stopping: writing what waits']);
      const found = await storedSpans(folder, 'default');
      expect([...sender.acknowledged].filter((span) => found.get(span) !== 1)).toEqual([]);
    },
    300_000,
  );

  test('a second process is refused while the first lives, and takes over once it is dead', async () => {
    const folder = newFolder();
    const first = await serveProcess(folder);
    await expect(serveProcess(folder)).rejects.toThrow(
      new RegExp(`exit code \\d+: .*in use by process ${first.process.pid}: stop it`, 's'),
    );
    expect(await sendTo(first.url, 1)).toBe(200);
    await first.end('SIGKILL');
    const second = await serveProcess(folder);
    expect(await isStored(second.url, 1)).toBe(true);
    expect(await second.end('SIGTERM')).toBe(0);
  }, 300_000);

  test('a port that is taken, a folder or an address that cannot be used: one line each, and nothing runs on', async () => {
    const taken = createServer();
    await new Promise<void>((ready) => taken.listen(0, '127.0.0.1', ready));
    const { port } = taken.address() as { port: number };
    const onPort = serveProcess(newFolder(), { args: ['--port', `${port}`] });
    await expect(onPort).rejects.toThrow(
      `127.0.0.1:${port} cannot be used (EADDRINUSE); choose another`,
    );
    await new Promise((done) => taken.close(done));
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    for (const data of [join(file, 'data'), '/proc/culprit'])
      await expect(serveProcess(data)).rejects.toThrow(
        new RegExp(`^exit code 1: error the folder ${data} cannot be used [^\n]*\n$`),
      );
    await expect(serveProcess(newFolder(), { args: ['--host', '300.1.1.1'] })).rejects.toThrow(
      /^exit code 1: error host: this machine has no address “300\.1\.1\.1”[^\n]*\n$/,
    );
  }, 300_000);
});

const user = plainUser();

describeStore('a folder of others', () => {
  test.runIf(user !== null)(
    'one line says that it cannot be used, and nothing runs on',
    async () => {
      const folder = newFolder();
      chmodSync(folder, 0o000);
      const closed = serveProcess(folder, { uid: user! });
      await expect(closed).rejects.toThrow(
        new RegExp(
          `^exit code [1-9]\\d*: error [^\\n]*${folder} cannot be used \\(EACCES\\)[^\\n]*\\n$`,
        ),
      );
      chmodSync(folder, 0o700);
    },
    300_000,
  );
});

describeStore('stores that go away', () => {
  test('the engine: 503, then healthy, without a span lost', async () => {
    const server = await serveProcess(newFolder());
    try {
      expect(await sendTo(server.url, 1)).toBe(200);
      process.kill(server.children()[0]!, 'SIGKILL');
      const answer = async (): Promise<number> => sendTo(server.url, 2);
      await expect.poll(answer, { ...LONG, interval: 5 }).toBe(503);
      await expect
        .poll(() => readiness(server.url), LONG)
        .toEqual([200, { status: 'ready', workspace: 'ready' }]);
      await expect.poll(answer, LONG).toBe(200);
      expect(await isStored(server.url, 1)).toBe(true);
    } finally {
      await server.end('SIGTERM');
    }
  }, 300_000);

  test('a ClickHouse server by URL: 503, then healthy', async () => {
    const folder = newFolder();
    const engineAt = (listen: number) =>
      startEngine({
        ...{ folder: join(folder, 'telemetry'), scratch: join(folder, 'scratch'), listen },
        ...{ backups: join(folder, 'backups'), memoryBytes: 900_000_000, sessions: 4 },
        database: 'culprit',
      });
    let engine = await engineAt(0);
    const port = engine.port!;
    const given = options(newFolder(), { clickhouse: `http://127.0.0.1:${port}/elsewhere` });
    await serving(given, async ({ url }) => {
      expect(await sendTo(url, 1)).toBe(200);
      expect((await readiness(url))[0]).toBe(200);
      await engine.stop();
      const answer = await post(url, '/v1/traces', request(2));
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await readiness(url)).toMatchObject([503, { status: 'away' }]);
      engine = await engineAt(port);
      expect((await readiness(url))[0]).toBe(200);
      expect(await sendTo(url, 2)).toBe(200);
      expect(await isStored(url, 1)).toBe(true);
    });
    await engine.stop();
  }, 300_000);

  test.runIf(canMakeDisks())(
    'a full disk: 503, nothing acknowledged is lost, then healthy',
    async () => {
      const disk = smallDisk(400)!;
      try {
        await serving(options(disk.folder), async ({ url }) => {
          const sent: number[] = [];
          expect(await sendTo(url, 1, incompressible(1 << 20))).toBe(200);
          sent.push(1);
          disk.fill();
          const refused = new Set<number>();
          for (let n = 2; n < 12; n++) {
            const status = await sendTo(url, n, `text ${n} `.repeat(10_000));
            if (status === 200) sent.push(n);
            else refused.add(status);
          }
          expect([...refused]).toEqual([503]);
          const answer = await post(url, '/v1/traces', request(20, 'x'.repeat(3_000_000)));
          expect(await answer.text()).toMatch(/space/);
          // What it holds by now may have become less.
          disk.fill();
          await expect
            .poll(() => readiness(url), LONG)
            .toMatchObject([503, { status: 'full', reason: expect.stringMatching(/disk/) }]);
          const backup = await post(url, '/api/v1/backups', '{"name":"full"}');
          expect([backup.status, await backup.text()]).toEqual([
            503,
            expect.stringMatching(/the disk is full: the backup full needs/),
          ]);
          expect(existsSync(join(disk.folder, 'backups', 'full'))).toBe(false);
          disk.free();
          await expect.poll(() => sendTo(url, 30), LONG).toBe(200);
          await expect.poll(async () => (await readiness(url))[0], LONG).toBe(200);
          for (const n of [...sent, 30]) expect(await isStored(url, n)).toBe(true);
          expect((await post(url, '/api/v1/backups', '{"name":"full"}')).status).toBe(201);
        });
      } finally {
        disk.remove();
      }
    },
    300_000,
  );
});

const home = postgresHome();
if (home === null) console.warn('skipped: there is no PostgreSQL on this machine');

describe.runIf(home !== null)('PostgreSQL that goes away', () => {
  test('known projects go on, everything else is put off, then all is healthy', async () => {
    const database = await startPostgres(home!);
    await serving(options(newFolder(), { postgres: database.url }), async ({ url }) => {
      expect(await sendTo(url, 1)).toBe(200);
      await database.halt();
      expect(await sendTo(url, 2)).toBe(200);
      const other = { 'x-culprit-project': 'other' };
      expect((await post(url, '/v1/traces', request(3), other)).status).toBe(503);
      expect((await fetch(`${url}/api/v1/deploys`)).status).toBe(503);
      expect(await readiness(url)).toEqual([200, { status: 'ready', workspace: 'away' }]);
      await database.resume();
      expect((await post(url, '/v1/traces', request(3), other)).status).toBe(200);
      expect((await fetch(`${url}/api/v1/deploys`)).status).toBe(200);
      expect(await readiness(url)).toEqual([200, { status: 'ready', workspace: 'ready' }]);
      expect(await isStored(url, 2)).toBe(true);
    });
    database.stop();
  }, 300_000);
});
