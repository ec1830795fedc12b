import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
import { type Ended, runCulprit } from './run-culprit.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(
  join(folder, 'chats.jsonl'),
  '{"question":"Where is it?","answer":"On its way."}\n{"question":"When?","answer":"Soon."}\n',
);
writeFileSync(join(folder, 'broken.jsonl'), '{"input":"a","output":"b"}\n{"input":\n');

let server: TestServer;
beforeEach(async () => {
  server = await testServer();
});
afterEach(() => server.close());

const run = (...args: readonly string[]): Promise<Ended> =>
  runCulprit(['import', ...args, '--server', server.url], { cwd: folder });

test('imports files and says what came of them', async () => {
  const { status, stdout, stderr } = await run('chats.jsonl', '--project', 'Shop Two');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toBe('chats.jsonl: 2 traces (rows)\n  stored          2 conversations\n');
  expect([...server.store.rows.traces.values()].map(({ project }) => project)).toEqual([
    'shop-two',
    'shop-two',
  ]);
});

test('names what is not understood, and stores the rest', async () => {
  const { status, stdout } = await run('broken.jsonl');
  expect(status).toBe(0);
  expect(stdout).toContain('stored          1 conversation');
  expect(stdout).toMatch(/not understood {2}1\n {4}broken_json ×1: line 2: /);
});

test('with --strict, stores nothing of such a file and ends with the code of a gate', async () => {
  const { status, stdout } = await run('broken.jsonl', '--strict');
  expect(status).toBe(100);
  expect(stdout).toMatch(/^broken\.jsonl: nothing stored/);
  expect(server.store.rows.traces.size).toBe(0);
});

test('with --json, prints the reports', async () => {
  const { stdout } = await run('chats.jsonl', '--json');
  expect(JSON.parse(stdout)).toMatchObject([
    { name: 'chats.jsonl', traces: 2, stored: { conversations: 2 }, lost: { count: 0 } },
  ]);
});

test('what cannot be imported has the exit code that analyze gives it', async () => {
  writeFileSync(join(folder, 'empty.jsonl'), '');
  expect((await run('empty.jsonl')).status).toBe(12);
  expect((await run('missing.jsonl')).status).toBe(10);
});

test('a server that is not there is named with what to do', async () => {
  const { status, stderr } = await runCulprit(
    ['import', 'chats.jsonl', '--server', 'http://127.0.0.1:9'],
    { cwd: folder },
  );
  expect(status).toBe(22);
  expect(stderr).toMatch(
    /no answer from http:\/\/127\.0\.0\.1:9 \(.+\): start it with culprit serve, or name another/,
  );
  const wrong = ['import', 'chats.jsonl', '--server', 'nowhere'];
  expect((await runCulprit(wrong, { cwd: folder })).status).toBe(1);
});
