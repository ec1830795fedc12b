import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestServer, testServer } from '../src/testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ times: { headers: 300, request: 900, check: 50 } });
});
afterAll(() => server.close());

interface Connection {
  readonly socket: Socket;
  readonly said: Promise<string>;
}

function opened(): Connection {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (piece) => {
    text += piece.toString();
  });
  socket.on('error', () => {});
  return { socket, said: new Promise((done) => socket.once('close', () => done(text))) };
}

/** Writes a byte now and then, until the server has enough. */
function trickle({ socket }: Connection, byte: string): void {
  const timer = setInterval(() => socket.write(byte), 20);
  socket.once('close', () => clearInterval(timer));
}

const bodyBytes = async (): Promise<number> => {
  const text = await (await server.get('/metrics')).text();
  return Number(/^culprit_bodies_bytes (\d+)/m.exec(text)?.[1]);
};

test('a client that never ends its headers is cut off, and others are served meanwhile', async () => {
  const slow = Array.from({ length: 50 }, opened);
  for (const each of slow) {
    each.socket.write('POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
    trickle(each, 'x');
  }
  expect((await server.post('/v1/traces', {})).status).toBe(200);
  for (const { said } of slow) expect(await said).toMatch(/^HTTP\/1.1 408 /);
});

test('a client that never ends its body is cut off and leaves nothing behind', async () => {
  const slow = opened();
  slow.socket.write(
    'POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{',
  );
  trickle(slow, ' ');
  await expect.poll(bodyBytes).toBeGreaterThan(0);
  await slow.said;
  await expect.poll(bodyBytes).toBe(0);
});

test('a slow client does not hold up the end', async () => {
  const other = await testServer();
  const { hostname, port } = new URL(other.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(
    'POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  );
  const bytes = async () =>
    (await (await other.get('/metrics')).text()).includes('culprit_bodies_bytes 1');
  await expect.poll(bytes).toBe(true);
  await other.close();
  socket.destroy();
});
