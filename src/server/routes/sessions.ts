import { diffSchema } from '../../contract/diff.ts';
import type { JsonObject } from '../../contract/json.ts';
import { analysisMarkdown } from '../../handoff/handoff.ts';
import { readBuilt } from '../../platform/package-file.ts';
import { fillTemplate } from '../../platform/report-template.ts';
import { changeReport } from '../../report/report.ts';
import type { StoredSession } from '../../store/workspace/workspace.ts';
import { printableJson } from '../../text/printable.ts';
import { decidedFilter } from '../cause-rules.ts';
import { byteStream } from '../http/byte-stream.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { traceFilterOf } from '../sessions/session-filter.ts';
import { ABSENT_OPTIONS } from '../sessions/session-options.ts';
import {
  FACETS,
  newSession,
  rerunSession,
  type SessionFilter,
  sessionFilter,
  sessionNotes,
  sessionSchema,
} from '../sessions/session-schemas.ts';
import { inputName } from '../sessions/sessions.ts';
import { shownSession } from '../sessions/shown-session.ts';
import { type Api, json, named, newApi, route } from './api-group.ts';

const id = z.string().min(1).max(100);
const params = z.object({ id });
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
});
const text = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: z.string() } },
});
const one = json(sessionSchema, 'the session');

const list = route('read', {
  method: 'get',
  path: '/sessions',
  summary:
    'Sessions of error analysis, newest first; before them the analysis that is kept current',
  responses: { 200: json(z.object({ items: z.array(sessionSchema) }), 'at most 500') },
});

const create = route('write', {
  method: 'post',
  path: '/sessions',
  summary: 'Begin a session: its traces are analyzed as `culprit analyze` would',
  request: body(newSession),
  responses: { 201: one },
});

const preview = route('read', {
  method: 'post',
  path: '/sessions/preview',
  summary: 'How many traces a filter selects, and on demand the values that they have',
  request: body(
    z.strictObject({
      filter: sessionFilter.default({}),
      seed: z.int().min(0).default(42),
      values: z.boolean().default(false),
    }),
  ),
  responses: {
    200: json(
      z.object({
        traces: z.number(),
        eligible: z.number().describe('that can be judged'),
        failed: z.number().describe('of these'),
        explained: z.number().describe('failures in which a detector found something'),
        values: z
          .array(
            z.object({
              of: z.enum([...FACETS, 'signal', 'score']),
              value: z.string(),
              traces: z.number(),
              failed: z.number(),
            }),
          )
          .describe('of each kind the 50 most frequent; [] unless asked for'),
      }),
      'the counts',
    ),
  },
});

const get = route('read', {
  method: 'get',
  path: '/sessions/{id}',
  summary: 'A session: what it asks for, where it is, and what was noted down',
  request: { params },
  responses: { 200: one },
});

const change = route('write', {
  method: 'patch',
  path: '/sessions/{id}',
  summary: 'Change name, agenda, people and notes of a session, or add to the time spent',
  request: { params, ...body(sessionNotes) },
  responses: { 200: one },
});

const remove = route('write', {
  method: 'delete',
  path: '/sessions/{id}',
  summary: 'Delete a session with its result; its traces stay',
  request: { params },
  responses: { 204: { description: 'deleted' } },
});

const cancel = route('write', {
  method: 'post',
  path: '/sessions/{id}/cancel',
  summary: 'Stop a session that waits or runs',
  request: { params },
  responses: { 200: one },
});

const rerun = route('write', {
  method: 'post',
  path: '/sessions/{id}/rerun',
  summary: 'Analyze the traces of a session anew, beside it; open items of its agenda come along',
  request: { params, ...body(rerunSession) },
  responses: { 201: one },
});

const report = route('read', {
  method: 'get',
  path: '/sessions/{id}/report',
  summary: 'The result of a session as one HTML page',
  request: { params },
  responses: { 200: text('text/html', 'the page of `culprit analyze`') },
});

const markdown = route('read', {
  method: 'get',
  path: '/sessions/{id}/markdown',
  summary: 'The result of a session as Markdown, for a pull request or a chat',
  request: { params },
  responses: { 200: text('text/markdown', 'headline and causes') },
});

const record = route('read', {
  method: 'get',
  path: '/sessions/{id}/json',
  summary: 'The result of a session as `culprit analyze --json` prints it',
  request: { params },
  responses: { 200: json(z.unknown(), 'the record: docs/json.md') },
});

const result = route('read', {
  method: 'get',
  path: '/sessions/{id}/result',
  summary: 'Everything that the report of a session shows',
  request: { params },
  responses: { 200: json(z.unknown(), 'the data of the report page') },
});

const traces = route('read', {
  method: 'get',
  path: '/sessions/{id}/traces',
  summary: 'The traces that a session looks at, as a file that `culprit analyze` reads',
  request: { params },
  responses: { 200: text('application/x-ndjson', 'records as they were received') },
});

const pair = { params: z.object({ id, other: id }) };

const diff = route('read', {
  method: 'get',
  path: '/sessions/{id}/diff/{other}',
  summary: 'What the traces of another session show against the causes of this one',
  description: 'As `culprit diff --against` compares. Computed when it is first asked for.',
  request: pair,
  responses: { 200: json(named('Diff', diffSchema), 'as `culprit diff --json` prints it') },
});

const diffReport = route('read', {
  method: 'get',
  path: '/sessions/{id}/diff/{other}/report',
  summary: 'The same comparison as one HTML page',
  request: pair,
  responses: { 200: text('text/html', 'the page of `culprit diff`') },
});

export function sessionRoutes(context: ServerContext): Api {
  const { sessions, store, workspace, onError } = context;
  const api = newApi();

  const found = async (project: string, wanted: string): Promise<StoredSession> => {
    const session = await sessions.find(project, wanted);
    if (session === null) throw noSession(project, wanted);
    return session;
  };
  const reportOf = async (project: string, wanted: string) => {
    const { state } = await found(project, wanted);
    const data = await sessions.report(project, wanted);
    if (data !== null) return data;
    throw new RequestError({
      status: 409,
      code: 'no_result',
      detail: `the session ${wanted} is ${state}: it has no result`,
    });
  };

  api.openapi(list, async (c) => {
    const { project } = c.var.access;
    const [rolling, items] = await Promise.all([
      sessions.rolling(project),
      workspace.sessions(project),
    ]);
    const all = [...(rolling === null ? [] : [rolling]), ...items];
    return c.json({ items: all.map(shownSession) }, 200);
  });

  api.openapi(create, async (c) => {
    const { project, by } = c.var.access;
    const made = await sessions.create(project, { ...c.req.valid('json'), by, parent: null });
    return c.json(shownSession(made), 201);
  });

  api.openapi(preview, async (c) => {
    const { filter, seed, values } = c.req.valid('json');
    const wanted = await decidedFilter(context, traceFilterOf(c.var.access.project, filter, seed));
    const [funnel, counted] = await Promise.all([
      store.funnel(wanted),
      values ? store.valueCounts(wanted) : [],
    ]);
    const { traces, eligible, failed, signaled } = funnel;
    return c.json(
      { ...{ traces, eligible, failed, explained: signaled }, values: [...counted] },
      200,
    );
  });

  api.openapi(get, async (c) =>
    c.json(shownSession(await found(c.var.access.project, c.req.valid('param').id)), 200),
  );

  api.openapi(change, async (c) => {
    const { project } = c.var.access;
    const wanted = c.req.valid('param').id;
    const given = Object.entries(c.req.valid('json')).filter(([, value]) => value !== undefined);
    const session = await workspace.changeNotes(project, wanted, Object.fromEntries(given));
    if (session === null) throw noSession(project, wanted);
    return c.json(shownSession(session), 200);
  });

  api.openapi(remove, async (c) => {
    const { project } = c.var.access;
    const wanted = c.req.valid('param').id;
    await sessions.cancel(project, wanted);
    if (!(await workspace.removeSession(project, wanted))) throw noSession(project, wanted);
    return c.body(null, 204);
  });

  api.openapi(cancel, async (c) => {
    const { project } = c.var.access;
    const { id: wanted, state } = await found(project, c.req.valid('param').id);
    if (!(await sessions.cancel(project, wanted)))
      throw new RequestError({
        status: 409,
        code: 'session_ended',
        detail: `the session ${wanted} has ended already (${state})`,
      });
    return c.json(shownSession(await found(project, wanted)), 200);
  });

  api.openapi(rerun, async (c) => {
    const { project, by } = c.var.access;
    const before = await found(project, c.req.valid('param').id);
    const { name, options } = c.req.valid('json');
    const made = await sessions.create(project, {
      name: name === '' ? `${before.name}, again`.slice(0, 200) : name,
      filter: before.filter as SessionFilter,
      options: { ...own(before.options), ...options },
      ...{ by, parent: before.id, people: before.people, notes: '' },
      agenda: before.agenda.filter(({ isDone }) => !isDone),
    });
    return c.json(shownSession(made), 201);
  });

  api.openapi(report, async (c) => {
    const data = await reportOf(c.var.access.project, c.req.valid('param').id);
    return c.html(fillTemplate(await readBuilt('web/report.html'), data), 200);
  });

  api.openapi(markdown, async (c) => {
    const { analysis } = await reportOf(c.var.access.project, c.req.valid('param').id);
    return c.body(analysisMarkdown(analysis), 200, {
      'content-type': 'text/markdown; charset=utf-8',
    });
  });

  api.openapi(record, async (c) => {
    const { analysis } = await reportOf(c.var.access.project, c.req.valid('param').id);
    return c.body(`${printableJson(analysis)}\n`, 200, JSON_TYPE) as never;
  });

  api.openapi(result, async (c) => {
    const data = await reportOf(c.var.access.project, c.req.valid('param').id);
    return c.body(JSON.stringify(data), 200, JSON_TYPE) as never;
  });

  api.openapi(traces, async (c) => {
    const { project } = c.var.access;
    const session = await found(project, c.req.valid('param').id);
    const pieces = sessions.traces(session)[Symbol.asyncIterator]();
    // What cannot be asked is refused before the answer begins.
    return new Response(byteStream(await pieces.next(), pieces, onError), {
      headers: {
        'content-type': 'application/x-ndjson',
        'content-disposition': `attachment; filename="${inputName(project)}"`,
      },
    });
  });

  const compared = async (project: string, before: string, after: string) => {
    const sides = await Promise.all([found(project, before), found(project, after)]);
    for (const { id: side } of sides) await reportOf(project, side);
    return await sessions.diff(...sides);
  };

  api.openapi(diff, async (c) => {
    const { id: before, other } = c.req.valid('param');
    return c.json((await compared(c.var.access.project, before, other)).diff, 200);
  });

  api.openapi(diffReport, async (c) => {
    const { id: before, other } = c.req.valid('param');
    const changes = changeReport(await compared(c.var.access.project, before, other));
    return c.html(fillTemplate(await readBuilt('web/change.html'), changes), 200);
  });

  return api;
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

const noSession = (project: string, wanted: string): RequestError =>
  new RequestError({
    status: 404,
    code: 'no_such_session',
    detail: `the project ${project} has no session ${wanted}`,
  });

/** Options that a session can be given: those that it cannot have are at their defaults. */
const own = (options: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(options).filter(([name]) => !(name in ABSENT_OPTIONS)));
