import {
  type Activity,
  ANNOTATED_KINDS,
  type Change,
  changeSchema,
  type Decision,
} from '../../contract/decision.ts';
import type { Json } from '../../contract/json.ts';
import { decisionsOf } from '../../decide/decide.ts';
import type { Access } from '../http/access.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import { recordDecision, undoDecision } from '../record-decision.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

const MOST_CHANGES = 2_000;

const place = {
  kind: z.enum(['cause', 'trace', 'pair', 'proposal', 'project']),
  subject: z.string(),
  field: z.string(),
};

const decision = z
  .object({ ...place, value: z.unknown(), at: z.iso.datetime(), by: z.string() })
  .openapi('Decision');

export const activity = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    by: z.string().describe('id of a user; `local` without accounts'),
    action: z.string(),
    changes: z.array(
      z.object({
        ...place,
        kind: z.enum([...place.kind.options, ...ANNOTATED_KINDS]),
        before: z.unknown(),
        after: z.unknown(),
      }),
    ),
    undoes: z.string().nullable(),
    undoneBy: z.string().nullable(),
  })
  .openapi('Activity');

const list = route('read', {
  method: 'get',
  path: '/decisions',
  summary: 'What people have decided about causes, failures and the formula, as it holds now',
  responses: { 200: json(z.object({ items: z.array(decision) }), 'the decisions') },
});

const act = route('write', {
  method: 'post',
  path: '/decisions',
  summary: 'Decide: all changes are made, or none; null takes a value back',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            action: z.string().trim().min(1).max(40).describe('a verb for the activity log'),
            changes: z
              .array(z.strictObject({ ...place, value: z.unknown() }))
              .min(1)
              .max(MOST_CHANGES),
          }),
        },
      },
    },
  },
  responses: { 200: json(activity, 'the line of the activity log') },
});

const log = route('read', {
  method: 'get',
  path: '/activity',
  summary: 'Who decided what, newest first',
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(500).default(100),
      before: z.string().max(100).optional().describe('id of the last line of the page before'),
      subject: z.string().max(500).optional().describe('only what was decided about this one'),
    }),
  },
  responses: {
    200: json(
      z.object({ items: z.array(activity), next: z.string().nullable() }),
      'a page; `next` is `before` of the one after it',
    ),
  },
});

const undo = route('annotate', {
  method: 'post',
  path: '/activity/{id}/undo',
  summary:
    'Set everything that an action changed to what it was before; without the scope write, only what one has said oneself',
  request: { params: z.object({ id: z.string().max(100) }) },
  responses: { 200: json(activity, 'the line of the log that takes it back') },
});

export function decisionRoutes(context: ServerContext): Api {
  const { workspace } = context;
  const api = newApi();

  api.openapi(list, async (c) => {
    const { project } = c.var.access;
    const items = await workspace.decisions(project);
    return c.json({ items: items.map(shownDecision) }, 200);
  });

  api.openapi(act, async (c) => {
    const who = c.var.access;
    const { action, changes } = c.req.valid('json');
    const checked = changes.map(checkedChange);
    await checkMerges(who.project, checked);
    return c.json(shownActivity(await recordDecision(context, who, action, checked)), 200);
  });

  api.openapi(log, async (c) => {
    const { project } = c.var.access;
    const { limit, before, subject } = c.req.valid('query');
    const items = await workspace.activity(project, {
      limit: limit + 1,
      ...(before !== undefined && { before }),
      ...(subject !== undefined && { subject }),
    });
    const shown = items.slice(0, limit);
    const next = items.length > limit ? (shown.at(-1)?.id ?? null) : null;
    return c.json({ items: shown.map(shownActivity), next }, 200);
  });

  api.openapi(undo, async (c) => {
    const who = c.var.access;
    const { project } = who;
    const { id } = c.req.valid('param');
    await checkOwn(who, id);
    const result = await undoDecision(context, who, id);
    switch (result.kind) {
      case 'done':
        return c.json(shownActivity(result.activity), 200);
      case 'missing':
        throw new RequestError({
          status: 404,
          code: 'no_such_activity',
          detail: `the project ${project} has no activity of that id`,
        });
      case 'lasting':
        throw new RequestError({
          status: 409,
          code: 'files_stay',
          detail:
            'a promotion is not undone: its files stay. Set `retired` at the cases of the suite, or delete its files',
        });
      case 'undone already':
        throw new RequestError({
          status: 409,
          code: 'undone_already',
          detail: 'this was undone already: reload to see by whom',
        });
      case 'changed since': {
        const what =
          'changed' in result
            ? `${result.changed.field} of the ${result.changed.kind} ${result.changed.subject.slice(0, 100)}`
            : 'what this set';
        throw new RequestError({
          status: 409,
          code: 'changed_since',
          detail: `${what} was changed again since: undo that first`,
        });
      }
    }
  });

  return api;

  /** Who may only label takes back what they have said, and nothing else. Throws RequestError. */
  async function checkOwn({ project, by, scopes, name }: Access, id: string): Promise<void> {
    if (scopes.includes('write')) return;
    const line = await workspace.activityOf(project, id);
    const isOwn = line?.by === by && line.changes.every(({ kind }) => kind === 'label');
    if (line === null || isOwn) return;
    throw new RequestError({
      status: 403,
      code: 'scope_missing',
      detail: `${name} may take back only what they have said themselves; the rest needs the scope write`,
    });
  }

  /** A chain of merges must end. */
  async function checkMerges(project: string, changes: readonly Change[]): Promise<void> {
    const merges = changes.filter(({ field, value }) => field === 'mergedInto' && value !== null);
    if (merges.length === 0) return;
    const now = await workspace.decisions(project);
    const all = [...now, ...changes];
    for (const { subject, value } of merges) {
      const others = all.filter((each) => each.field !== 'mergedInto' || each.subject !== subject);
      if (decisionsOf(others).survivor(String(value)) === subject)
        throw new RequestError({
          status: 409,
          code: 'merged_already',
          detail: `the cause ${String(value).slice(0, 100)} counts for ${subject.slice(0, 100)} already: merge in that direction, or undo that merge first`,
        });
    }
  }
}

function checkedChange(given: unknown): Change {
  const read = changeSchema.safeParse(given);
  if (read.success && read.data.kind === 'cause' && read.data.field === 'suite')
    throw new RequestError({
      status: 400,
      code: 'invalid_input',
      detail: 'suite: a cause gets its suite by POST /api/v1/causes/{id}/suite',
    });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new RequestError({
    status: 400,
    code: 'invalid_input',
    detail: `${issue?.path.join('.') || 'change'}: ${issue?.message ?? 'not valid'}`,
  });
}

/** Values are any JSON, which the description of the API cannot say of a type that is read-only. */
const any = (value: Json): unknown => value;

const shownDecision = ({ at, value, ...given }: Decision) => ({
  ...given,
  value: any(value),
  at: new Date(at).toISOString(),
});

export const shownActivity = ({ at, changes, ...given }: Activity) => ({
  ...given,
  at: new Date(at).toISOString(),
  changes: changes.map(({ before, after, ...change }) => ({
    ...change,
    before: any(before),
    after: any(after),
  })),
});
