import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPromotion, demoTraces } from '../../../test/demo-suite.ts';
import { runCulprit } from '../../../test/run-culprit.ts';
import type { Schemas } from '../../client/client.ts';
import type { Analysis } from '../../contract/analysis.ts';
import type { EvalReport } from '../../contract/eval-report.ts';
import { type TestServer, testServer } from '../../testing/test-server.ts';

type Preview = Schemas['SuitePreview'];

describe('suites of causes', () => {
  let server: TestServer;
  let causes: Analysis['clusters'] = [];
  let folder = '';
  const call = async <Answer>(method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, json: (await answer.json()) as Answer & { code?: string } };
  };
  const preview = (cause: string, choice = {}) =>
    call<Preview>('POST', `/causes/${cause}/suite/preview`, choice);

  beforeAll(async () => {
    server = await testServer();
    for (const line of demoTraces().split('\n').filter(Boolean))
      expect((await server.post('/v1/traces', line)).status).toBe(200);
    await server.rest(600_000);
    await server.post('/api/v1/analyses?wait=true', {});
    ({ causes } = (await call<{ causes: Analysis['clusters'] }>('GET', '/causes')).json);
    folder = (await call<{ folder: string }>('GET', '/suites')).json.folder;
  }, 120_000);
  afterAll(async () => {
    await server.close();
    expect(server.errors).toEqual([]);
  });

  test('a preview has the cases and the checks of `culprit promote`, and writes nothing', async () => {
    const { status, json } = await preview(causes[0]!.id);
    expect([status, json]).toEqual([200, expect.anything()]);
    const { suite } = await demoPromotion();
    expect(json.cases.map(({ role, trace, proof }) => ({ role, trace, proof }))).toEqual(
      suite.cases.map(({ role, trace, proof }) => ({ role, trace, proof })),
    );
    expect(json.checks.map(({ check, params }) => ({ check, params }))).toEqual(
      suite.checks.map(({ check, params }) => ({ check, params })),
    );
    expect((await preview(causes[0]!.id)).json.version).toBe(json.version);
    expect(() => readdirSync(folder)).toThrow();
  });

  test('what a person leaves out is no case, what they pick is a guard', async () => {
    const { json: usual } = await preview(causes[0]!.id);
    const of = ({ cases }: Preview, role: string) =>
      cases.flatMap((each) => (each.role === role ? [each.trace] : []));
    const [out] = of(usual, 'guard');
    const [pick] = of(usual, 'slice');
    const { json } = await preview(causes[0]!.id, { leaveOut: [out], picks: [pick] });
    expect(json.cases.map(({ trace }) => trace)).not.toContain(out);
    expect(of(json, 'guard')[0]).toBe(pick);
    expect(of(json, 'guard')).toHaveLength(3);
  });

  test('refuses what it cannot do, with the reason', async () => {
    const cause = causes[0]!.id;
    const { json } = await preview(cause);
    const all = json.cases.map(({ trace }) => trace);
    const asked = async (id: string, choice: object) => {
      const { status, json: problem } = await preview(id, choice);
      return [status, problem.code];
    };
    expect(await asked('c-absent', {})).toEqual([404, 'no_such_cause']);
    expect(await asked(cause, { picks: ['absent'] })).toEqual([409, 'not_promotable']);
    expect(await asked(cause, { name: '../../etc/passwd' })).toEqual([400, 'invalid_input']);
    expect(await asked(cause, { name: 'UPPER' })).toEqual([400, 'invalid_input']);
    const rare = causes.toSorted((a, b) => a.size - b.size)[0]!;
    const { failures } = (
      await call<{ analysis: Analysis }>('GET', `/analyses/${await latest()}/report`)
    ).json.analysis;
    const own = failures.flatMap((each) => (each.cluster === rare.id ? [each.traceId] : []));
    expect(await asked(rare.id, { leaveOut: own.slice(2) })).toEqual([409, 'too_few_traces']);
    const write = (body: object) => call('POST', `/causes/${cause}/suite`, body);
    expect(await write({ to: 'folder', version: 'other' })).toMatchObject({
      ...{ status: 409, json: { code: 'changed_since' } },
    });
    expect(all.length).toBeGreaterThan(10);
    const byHand = { kind: 'cause', subject: cause, field: 'suite', value: null };
    expect(
      await call('POST', '/decisions', { action: 'promote', changes: [byHand] }),
    ).toMatchObject({ status: 400 });
    expect(() => readdirSync(folder)).toThrow();
  });

  test('a split cause whose id is a path stays in the folder', async () => {
    const subject = '../../../outside';
    const { failures } = (
      await call<{ analysis: Analysis }>('GET', `/analyses/${await latest()}/report`)
    ).json.analysis;
    const own = failures.filter((each) => each.cluster === causes[0]!.id).slice(0, 8);
    const changes = [
      { kind: 'cause', subject, field: 'splitFrom', value: causes[0]!.id },
      { kind: 'cause', subject, field: 'title', value: '…' },
      ...own.map(({ traceId }) => ({
        ...{ kind: 'trace', subject: traceId, field: 'place', value: { cause: subject } },
      })),
    ];
    const { json: line } = await call<{ id: string }>('POST', '/decisions', {
      ...{ action: 'split', changes },
    });
    const { json } = await preview(encodeURIComponent(subject));
    expect(json).toMatchObject({ file: 'outside.yaml', isNew: true });
    await call('POST', `/activity/${line.id}/undo`, {});
  });

  test('writes what the preview showed, says who did, and adds nothing twice', async () => {
    const cause = causes[0]!;
    const choice = { name: 'refunds', redact: 'mask' };
    const { json } = await preview(cause.id, choice);
    const body = { ...choice, version: json.version };
    const handed = await call<{ zip: string }>(
      ...(['POST', `/causes/${cause.id}/suite`, { ...body, to: 'download' }] as const),
    );
    const files = unzipSync(Buffer.from(handed.json.zip, 'base64'));
    expect(Object.keys(files)).toEqual(['suite.schema.json', 'refunds.jsonl', 'refunds.yaml']);
    expect(strFromU8(files['refunds.yaml']!)).toBe(json.yaml);
    expect(() => readdirSync(folder)).toThrow();
    const written = await call('POST', `/causes/${cause.id}/suite`, { ...body, to: 'folder' });
    expect(written).toMatchObject({ status: 200, json: { file: 'refunds.yaml', path: folder } });
    expect(readFileSync(join(folder, 'refunds.yaml'), 'utf8')).toBe(json.yaml);
    const { json: listed } = await call('GET', '/suites');
    expect(listed).toMatchObject({
      items: [{ file: 'refunds.yaml', cause: { id: cause.id }, guards: 3, controls: 5 }],
      problems: [],
    });
    const again = await preview(cause.id);
    expect(again.json).toMatchObject({ isNew: false, cases: [], kept: json.cases.length });
    expect(
      await call('POST', `/causes/${cause.id}/suite`, {
        ...{ to: 'folder', version: again.json.version },
      }),
    ).toMatchObject({ status: 409, json: { code: 'nothing_new' } });
    const { json: log } = await call<{ items: readonly Schemas['Activity'][] }>('GET', '/activity');
    expect(log.items.slice(0, 2)).toMatchObject(
      ['folder', 'download'].map((to) => ({
        ...{ action: 'promote', by: 'local' },
        changes: [{ subject: cause.id, field: 'suite', after: { file: 'refunds.yaml', to } }],
      })),
    );
    expect(await call('POST', `/activity/${log.items[0]!.id}/undo`, {})).toMatchObject({
      ...{ status: 409, json: { code: 'files_stay' } },
    });
    const other = await preview(causes[1]!.id, { name: 'refunds' });
    expect([other.status, other.json.code]).toEqual([409, 'not_promotable']);
  });

  test('shows the runs beside the suites, and those that were sent', async () => {
    const traces = join(folder, '..', 'recorded.jsonl');
    writeFileSync(traces, demoTraces());
    const evaluated = await runCulprit(['eval', folder, '--target', `traces:${traces}`], {
      cwd: folder,
    });
    expect(evaluated.stdout).toMatch(/fail {2}/);
    const { json } = await call<{ items: readonly Schemas['EvalRun'][] }>('GET', '/runs');
    expect(json.items).toMatchObject([{ verdict: 'fail', by: null, baseline: null }]);
    const { id } = json.items[0]!;
    const { report, markdown } = (
      await call<{ report: EvalReport; markdown: string }>('GET', `/runs/${id}`)
    ).json;
    expect(report).toMatchObject({ kind: 'run', id, causes: [{ id: causes[0]!.id }] });
    expect(report.causes[0]!.cases).toHaveLength(8);
    expect(markdown).toContain(id);
    const record = readFileSync(join(folder, 'runs', `${id}.jsonl`), 'utf8');
    const suites = ['refunds.yaml', 'refunds.jsonl'].map((name) => ({
      ...{ name, text: readFileSync(join(folder, name), 'utf8') },
    }));
    const elsewhere = record.replaceAll(id, 'run-elsewhere');
    expect(await call('POST', '/runs', { record: elsewhere, suites })).toMatchObject({
      ...{ status: 201, json: { id: 'run-elsewhere', verdict: 'fail' } },
    });
    const sent = await call<{ report: EvalReport }>('GET', '/runs/run-elsewhere');
    expect(sent.json.report.causes).toEqual(report.causes);
    expect((await call<typeof json>('GET', '/runs')).json.items).toMatchObject([
      { id: 'run-elsewhere', by: 'local' },
      { id, by: null },
    ]);
    const lines = record.split('\n');
    for (const [bad, status] of [
      ['{}\n', 400],
      [`${lines.slice(0, 3).join('\n')}\n`, 400],
      [elsewhere.replaceAll('run-elsewhere', '../../x'), 400],
    ] as const)
      expect((await call('POST', '/runs', { record: bad, suites })).status).toBe(status);
    expect((await call('GET', '/runs/..%2F..%2Frefunds')).status).toBe(404);
  });

  test('a broken suite hides no other, and stops a promotion', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'broken.yaml'), 'version: 9\n');
    const { json } = await call<{ items: unknown[]; problems: unknown[] }>('GET', '/suites');
    expect(json.items).toHaveLength(1);
    expect(json.problems).toMatchObject([{ file: 'broken.yaml' }]);
    expect(await preview(causes[1]!.id)).toMatchObject({
      ...{ status: 409, json: { code: 'invalid_suite' } },
    });
  });

  const latest = async (): Promise<string> =>
    (await call<{ analysis: { id: string } }>('GET', '/analyses/latest')).json.analysis.id;
});
