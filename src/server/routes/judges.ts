import { judgeSettingsSchema } from '../../contract/online-judge.ts';
import { RequestError } from '../http/problem.ts';
import { JUDGE_STATES } from '../judging/judge-state.ts';
import type { ConfiguredJudge, JudgeView } from '../judging/judges.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, named, newApi, orNull, route } from './api-group.ts';

const settings = named('JudgeSettings', judgeSettingsSchema);

const use = z
  .object({
    settings,
    version: z
      .string()
      .describe("hash of what it asks, and what answers; '' before the first score"),
    state: z
      .enum(JUDGE_STATES)
      .describe(
        '`stopped`: traces have waited for half an hour and none was scored; `blind`: what it says can mean nothing',
      ),
    reason: z.string().describe("why it does not work; '' where it does"),
    spent: z
      .object({
        callsPerHour: z.number(),
        callsPerDay: z.number(),
        tokensPerDay: z.number(),
        dollarsPerDay: z.number().describe('0 where the price is not known'),
      })
      .describe('within the last hour and 24 hours; calls that are being made are counted'),
    verdicts: z
      .object({
        passes: z.number(),
        fails: z.number(),
        cannotTell: z.number(),
        noQuote: z.number().describe('it finds the failure, with quotes that are not in the trace'),
        noAnswer: z.number().describe('what it answers cannot be read'),
      })
      .describe('of the last 24 hours'),
    lastScore: z.iso.datetime().nullable().describe('within the last 24 hours'),
    backlog: z.object({
      traces: z.number().describe('of the last 24 hours that wait for it'),
      oldest: z.iso.datetime().nullable().describe('when the one that waits for longest came'),
    }),
  })
  .openapi('JudgeUse');

const judge = z
  .object({
    name: z.string().describe('also the name of its score'),
    kind: z
      .enum(['model', 'check'])
      .nullable()
      .describe('null: the operator does not name it any more'),
    asks: z.string().describe('the failure that it looks for, or the check'),
    by: z.string().describe("the model; '' for a check"),
    hasPrice: z.boolean().describe('whether a budget in dollars can be given'),
    use: orNull(use).describe('null: the project does not use it'),
  })
  .openapi('Judge');

const list = route('read', {
  method: 'get',
  path: '/judges',
  summary: 'Online judges: those that the operator configured, and what each does in the project',
  responses: { 200: json(z.object({ items: z.array(judge) }), 'in order of their names') },
});

const byName = z.object({ name: z.string().max(64) });

const put = route('write', {
  method: 'put',
  path: '/judges/{name}',
  summary: 'Use a judge, or change how it is used',
  request: {
    params: byName,
    body: { required: true, content: { 'application/json': { schema: settings } } },
  },
  responses: { 200: json(z.object({ name: z.string(), settings }), 'as it is now') },
});

const remove = route('write', {
  method: 'delete',
  path: '/judges/{name}',
  summary: 'Use a judge no more; its scores stay, and what it spent counts on',
  request: { params: byName },
  responses: { 204: { description: 'not used any more' } },
});

export function judgeRoutes({ workspace, judges, clock, note }: ServerContext): Api {
  const api = newApi();
  api.openapi(list, async (c) => {
    const views = new Map(
      (await judges.views(c.var.access.project)).map((each) => [each.name, each]),
    );
    const configured = new Map(judges.configured.map((each) => [each.name, each]));
    const names = [...new Set([...configured.keys(), ...views.keys()])].sort();
    const items = names.map((name) => shown(name, configured.get(name), views.get(name)));
    return c.json({ items }, 200);
  });
  api.openapi(put, async (c) => {
    const { project } = c.var.access;
    const { name } = c.req.valid('param');
    const given = c.req.valid('json');
    judges.check(name, given);
    const before = await usedNow(project, name);
    await workspace.judges.put({ project, judge: name }, given, clock());
    await note(c.var.access, {
      ...{ action: 'judge.put', subject: name, before, after: given },
    });
    return c.json({ name, settings: given }, 200);
  });
  api.openapi(remove, async (c) => {
    const { project } = c.var.access;
    const { name } = c.req.valid('param');
    const before = await usedNow(project, name);
    if (!(await workspace.judges.remove({ project, judge: name })))
      throw new RequestError({
        ...{ status: 404, code: 'no_such_judge' },
        detail: `the project ${project} uses no judge ${name}`,
      });
    await note(c.var.access, { action: 'judge.remove', subject: name, before, after: null });
    return c.body(null, 204);
  });
  const usedNow = async (project: string, name: string) =>
    (await workspace.judges.uses(project)).find((each) => each.name === name)?.settings ?? null;
  return api;
}

function shown(name: string, configured: ConfiguredJudge | undefined, view: JudgeView | undefined) {
  const definition = configured?.definition;
  return {
    ...{ name, kind: definition?.kind ?? null, hasPrice: configured?.hasPrice ?? false },
    asks:
      definition === undefined
        ? ''
        : definition.kind === 'model'
          ? definition.failure
          : definition.check,
    by: definition?.kind === 'model' ? definition.model : '',
    use: view === undefined ? null : shownUse(view),
  };
}

const shownUse = ({ name: _, since: __, verdicts, lastScore, backlog, ...rest }: JudgeView) => ({
  ...rest,
  verdicts: {
    ...{ passes: verdicts.passes, fails: verdicts.fails, cannotTell: verdicts['cannot tell'] },
    ...{ noQuote: verdicts['no quote'], noAnswer: verdicts['no answer'] },
  },
  lastScore: isoOrNull(lastScore),
  backlog: { traces: backlog.traces, oldest: isoOrNull(backlog.oldest) },
});

const isoOrNull = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString();
