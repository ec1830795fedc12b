import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Routes, Schemas } from '../../client/client.ts';
import { type AgentRun, asOtlp } from '../../testing/agent-run.ts';
import { type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

const cause = (subject: string, field: string, value: unknown) => ({
  ...{ kind: 'cause', subject, field, value },
});
const decide = (action: string, ...changes: readonly object[]) =>
  server.post('/api/v1/decisions', { action, changes });
const decided = async (): Promise<readonly Schemas['Decision'][]> =>
  (
    (await (await server.get('/api/v1/decisions')).json()) as {
      items: readonly Schemas['Decision'][];
    }
  ).items;
const heldBy = async (subject: string, field: string): Promise<unknown> =>
  (await decided()).find((each) => each.subject === subject && each.field === field)?.value;
const undo = (id: string) => server.post(`/api/v1/activity/${id}/undo`, {});
const lineOf = async (answer: Response): Promise<Schemas['Activity']> =>
  (await answer.json()) as Schemas['Activity'];
const codeOf = async (answer: Response): Promise<unknown> =>
  ((await answer.json()) as { code: unknown }).code;

test('a decision holds, is logged with what was before, and can be undone', async () => {
  await decide('severity', cause('c-1', 'severity', 4));
  const line = await lineOf(await decide('severity', cause('c-1', 'severity', 2)));
  expect(line.changes).toEqual([
    { kind: 'cause', subject: 'c-1', field: 'severity', before: 4, after: 2 },
  ]);
  expect(await heldBy('c-1', 'severity')).toBe(2);
  const back = await lineOf(await undo(line.id));
  expect(back).toMatchObject({ action: 'undo', undoes: line.id });
  expect(await heldBy('c-1', 'severity')).toBe(4);
  expect(await codeOf(await undo(line.id))).toBe('undone_already');
});

test('what was changed again since is not undone', async () => {
  const first = await lineOf(await decide('owner', cause('c-2', 'owner', 'Mira')));
  const second = await lineOf(await decide('owner', cause('c-2', 'owner', 'Jonas')));
  const refused = await undo(first.id);
  expect(refused.status).toBe(409);
  expect(await codeOf(refused)).toBe('changed_since');
  expect((await undo(second.id)).status).toBe(200);
  expect((await undo(first.id)).status).toBe(200);
  expect(await heldBy('c-2', 'owner')).toBe(undefined);
});

test('all changes of an action are made and undone together', async () => {
  const line = await lineOf(
    await decide('split', cause('c-new', 'splitFrom', 'c-1'), cause('c-new', 'title', '12'), {
      kind: 'trace',
      subject: 't1',
      field: 'place',
      value: { cause: 'c-new' },
    }),
  );
  expect(await heldBy('c-new', 'title')).toBe('12');
  expect(await heldBy('t1', 'place')).toEqual({ cause: 'c-new' });
  await undo(line.id);
  expect((await decided()).filter(({ subject }) => /new|t1/.test(subject))).toEqual([]);
});

test('null takes a value back', async () => {
  await decide('note', cause('c-3', 'note', 'Ask the billing team'));
  await decide('note', cause('c-3', 'note', null));
  expect(await heldBy('c-3', 'note')).toBe(undefined);
});

test.each([
  ['an unknown field', cause('c-1', 'color', 'red'), /no color/],
  ['a severity of 9', cause('c-1', 'severity', 9), /severity/],
  ['a tracker that is no address', cause('c-1', 'tracker', 'javascript:alert(1)'), /tracker/],
  ['a title of spaces', cause('c-1', 'title', '   '), /title/],
  ['an unknown kind', { kind: 'planet', subject: 'x', field: 'title', value: 'y' }, /kind/],
])('%s is refused, with what is wrong', async (_, change, reason) => {
  const before = await decided();
  const answer = await decide('edit', cause('c-1', 'owner', 'Mira'), change);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(reason);
  // Not even the first change of the action was made.
  expect(await decided()).toEqual(before);
});

test('merges cannot go in a circle', async () => {
  await decide('merge', cause('c-a', 'mergedInto', 'c-b'));
  await decide('merge', cause('c-b', 'mergedInto', 'c-c'));
  for (const subject of ['c-c', 'c-b'])
    expect((await decide('merge', cause(subject, 'mergedInto', 'c-a'))).status).toBe(409);
  expect((await decide('merge', cause('c-a', 'mergedInto', 'c-a'))).status).toBe(409);
});

test('the log comes in pages, newest first, and each project has its own', async () => {
  const { items, next } = (await (await server.get('/api/v1/activity?limit=3')).json()) as {
    items: readonly Schemas['Activity'][];
    next: string;
  };
  expect(items).toHaveLength(3);
  const older = (await (await server.get(`/api/v1/activity?limit=500&before=${next}`)).json()) as {
    items: readonly Schemas['Activity'][];
    next: string | null;
  };
  expect(older.next).toBe(null);
  const ids = [...items, ...older.items].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const other = await fetch(`${server.url}/api/v1/activity`, {
    headers: { 'x-culprit-project': 'other' },
  });
  expect(((await other.json()) as { items: unknown[] }).items).toEqual([]);
  expect((await undo('nothing')).status).toBe(404);
});

describe('merged and separated causes, however the clustering goes', () => {
  const headers = { 'x-culprit-project': 'kitchen' };
  let sent = 0;
  /** Runs whose only step fails, or goes well. */
  const runs = (many: number, tool: string, fails: boolean): readonly AgentRun[] =>
    Array.from({ length: many }, () => {
      const at = ++sent;
      return {
        id: at.toString(16).padStart(32, '0'),
        request: `Please do number ${at % 7}`,
        steps: [
          {
            tool,
            args: { query: `q${at}` },
            result: fails ? `Error: ${tool} is down after ${at} seconds` : { found: at },
          },
        ],
        answer: fails ? `Here is what I made up ${at}.` : `Done ${at}`,
        passed: null,
      };
    });
  const analyzed = async (given: readonly AgentRun[]): Promise<Routes['GET /causes']['answer']> => {
    if (given.length > 0) await server.post('/v1/traces', JSON.parse(asOtlp(given)), headers);
    await server.rest(600_000);
    await server.post('/api/v1/analyses?wait=true', {}, headers);
    return (await (await fetch(`${server.url}/api/v1/causes`, { headers })).json()) as never;
  };
  const decideHere = (action: string, ...changes: readonly object[]) =>
    server.post('/api/v1/decisions', { action, changes }, headers);
  const sizesOf = ({ causes, failures }: Awaited<ReturnType<typeof analyzed>>) => ({
    sample: Object.fromEntries(causes.map(({ id, size }) => [id, size])),
    stored: Object.fromEntries(failures.causes.map(({ cause: id, failures: n }) => [id, n])),
  });

  test('new traces of both land in the survivor; once separated, they never come together again', async () => {
    const first = await analyzed([
      ...runs(24, 'search', true),
      ...runs(24, 'book', true),
      ...runs(60, 'search', false),
      ...runs(60, 'book', false),
    ]);
    const idOf = (word: string): string =>
      first.causes.find(({ title }) => title.includes(word))?.id ?? '';
    const [search, book] = [idOf('search'), idOf('book')];
    expect(sizesOf(first).sample).toEqual({ [search]: 24, [book]: 24 });

    await decideHere('merge', cause(book, 'mergedInto', search));
    const merged = await analyzed([...runs(5, 'search', true), ...runs(5, 'book', true)]);
    expect(sizesOf(merged)).toEqual({ sample: { [search]: 58 }, stored: { [search]: 58 } });

    // By itself, the clustering now takes the few for a part of the many.
    const lumped = await analyzed(runs(150, 'search', true));
    expect(sizesOf(lumped)).toEqual({ sample: { [search]: 208 }, stored: { [search]: 208 } });

    const pair = [book, search].sort().join('|');
    await decideHere('unmerge', cause(book, 'mergedInto', null), {
      ...{ kind: 'pair', subject: pair, field: 'apart', value: true },
    });
    const apart = { [search]: 179, [book]: 29 };
    expect(sizesOf(await analyzed([]))).toEqual({ sample: apart, stored: apart });

    const later = { [search]: 219, [book]: 33 };
    expect(
      sizesOf(await analyzed([...runs(40, 'search', true), ...runs(4, 'book', true)])),
    ).toEqual({ sample: later, stored: later });
  }, 60_000);
});
