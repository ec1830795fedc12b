import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Alert } from '../src/contract/alert.ts';
import { type Operator, operatorSchema } from '../src/contract/operator.ts';
import { scheduleSettingsSchema } from '../src/contract/schedule.ts';
import { openWorkspace, type Workspace } from '../src/store/workspace/workspace.ts';
import { memoryTelemetry } from '../src/testing/memory-telemetry.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
import { postgresHome, startPostgres, type TestPostgres } from './postgres.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const soon = { timeout: 60_000, interval: 200 };
const REFUSAL = 'I am sorry, but I cannot help with that.';

const home = postgresHome();
if (home === null) console.warn('skipped: there is no PostgreSQL on this machine');

/** What the channel of the team got. */
const received: Alert[] = [];
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => {
    body += part;
  });
  request.on('end', () => {
    received.push(JSON.parse(body) as Alert);
    response.end();
  });
});

describe.runIf(home !== null)('two replicas on one PostgreSQL', () => {
  const store = memoryTelemetry();
  let database: TestPostgres;
  let operator: Operator;
  let both: readonly TestServer[];
  const opened: Workspace[] = [];
  /** Both have the same clock. */
  let passed = 0;

  const open = async (): Promise<Workspace> => {
    const workspace = await openWorkspace({ url: database.url });
    opened.push(workspace);
    return workspace;
  };
  const start = async (workspace: Workspace): Promise<TestServer> => {
    const server = await testServer({ operator }, store, workspace);
    await server.rest(passed);
    return server;
  };

  beforeAll(async () => {
    database = await startPostgres(home!);
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo;
    const secret = Buffer.from('a secret of the tests alone').toString('base64');
    operator = operatorSchema.parse({
      channels: { team: { kind: 'webhook', url: `http://127.0.0.1:${port}/`, secret } },
      allowPrivateAddresses: true,
    });
    both = [await start(await open()), await start(await open())];
    await opened[0]!.ensureProject('default', 'default');
  }, 60_000);
  afterAll(async () => {
    await Promise.all(both.map((server) => server.close()));
    await Promise.all(opened.map((workspace) => workspace.close()));
    receiver.close();
    database.stop();
  }, 60_000);

  const wait = async (milliseconds: number): Promise<void> => {
    passed += milliseconds;
    for (const server of both) await server.rest(milliseconds);
  };
  /** Both look at once, again and again. */
  const watch = async (): Promise<void> => {
    await Promise.all(both.map((server) => server.watch()));
  };
  let sent = 0;
  /** Traces of a release, half of them to each replica, of which so many refuse. */
  const traffic = async (release: string, traces: number, refusals: number): Promise<void> => {
    const at = both[0]!.now();
    for (const [replica, server] of both.entries()) {
      const spans = Array.from({ length: traces / 2 }, (_, nth) => {
        const isRefused = 2 * nth + replica < refusals;
        const id = (++sent).toString(16).padStart(32, '0');
        return {
          ...{ traceId: id, spanId: id.slice(16), name: 'ask', status: { code: 1 } },
          startTimeUnixNano: `${at + nth * 1000}000000`,
          endTimeUnixNano: `${at + nth * 1000 + 900}000000`,
          attributes: Object.entries({
            'gen_ai.operation.name': 'chat',
            'input.value': `Where is order ${sent}?`,
            'output.value': isRefused ? REFUSAL : `It left on day ${nth}.`,
          }).map(([key, stringValue]) => ({ key, value: { stringValue } })),
        };
      });
      const resource = {
        attributes: [
          { key: 'service.name', value: { stringValue: 'shop' } },
          { key: 'service.version', value: { stringValue: release } },
        ],
      };
      const answer = await server.post('/v1/traces', {
        resourceSpans: [{ resource, scopeSpans: [{ spans }] }],
      });
      expect(answer.status).toBe(200);
    }
    await wait(10 * MINUTE);
  };
  const toldBy = (watcher: string): readonly string[] =>
    received.filter((alert) => alert.watcher.id === watcher).map(({ kind }) => kind);
  const sessionIds = async (): Promise<readonly string[]> =>
    (await opened[1]!.sessions('default')).map(({ id }) => id);

  test('a new release is one comparison, one session and one message, also after a kill', async () => {
    await watch();
    await traffic('1.0', 200, 4);
    await watch();
    await wait(2 * HOUR);
    await traffic('2.0', 200, 60);
    await wait(2 * HOUR);
    await Promise.all([watch(), watch()]);
    const comparisons = async () => await opened[0]!.comparisons('default');
    await vi.waitFor(async () => {
      expect((await comparisons()).map(({ state }) => state)).toEqual(['done']);
    }, soon);

    // One that is ended once the session is there, before it could say that it was told.
    const workspace = await open();
    const ends = Object.assign(new Error('the process is gone'), { code: 'KILLED' });
    const killed = await start({
      ...workspace,
      watch: {
        ...workspace.watch,
        keepProgress: (_, id, ...rest) =>
          id === 'releases'
            ? Promise.reject(ends)
            : workspace.watch.keepProgress('default', id, ...rest),
      },
    });
    await killed.watch();
    expect(killed.errors).toEqual([ends]);
    const [session, ...others] = await sessionIds();
    expect([session, others]).toEqual([expect.stringMatching(/^version-/), []]);
    expect(toldBy('releases')).toEqual([]);
    await killed.close();

    await Promise.all([watch(), watch()]);
    await watch();
    expect(toldBy('releases')).toEqual(['opened']);
    expect(await sessionIds()).toEqual([session]);
    expect(await comparisons()).toHaveLength(1);
    const incidents = await opened[0]!.watch.incidents('default', 99);
    expect(incidents.filter(({ watcher }) => watcher === 'releases')).toHaveLength(1);
  }, 120_000);

  test('a session by schedule is begun once, and its digest is sent once', async () => {
    const settings = scheduleSettingsSchema.parse({
      name: 'Daily',
      channels: ['team'],
      cron: '0 9 * * *',
    });
    await opened[0]!.watch.putSchedule('default', 'daily', settings, both[0]!.now());
    await wait(DAY);
    await Promise.all([watch(), watch()]);
    const own = async () =>
      (await opened[1]!.sessions('default')).filter(({ id }) => id.startsWith('daily-'));
    await vi.waitFor(async () => {
      expect((await own()).map(({ state }) => state)).toEqual(['done']);
    }, soon);
    await Promise.all([watch(), watch()]);
    await watch();
    expect(await own()).toHaveLength(1);
    expect(toldBy('daily')).toEqual(['digest']);
    for (const server of both) expect(server.errors).toEqual([]);
  }, 120_000);
});
