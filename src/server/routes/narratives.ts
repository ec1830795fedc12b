import { narrativeSchema } from '../../contract/narrative.ts';
import { decisionsOf } from '../../decide/decide.ts';
import { type StoredNarrative, WORK_STATES } from '../../store/workspace/workspace.ts';
import { RequestError } from '../http/problem.ts';
import { causeIn } from '../narratives/cause-runs.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, named, newApi, orNull, route } from './api-group.ts';

const narrative = named('Narrative', narrativeSchema);

const causeNarrative = z
  .object({
    model: z
      .string()
      .nullable()
      .describe("model and address that can be asked; null where the operator's file names none"),
    question: orNull(
      z.object({
        state: z.enum(WORK_STATES),
        by: z.string().describe('who asked'),
        asked: z.iso.datetime(),
        ended: z.iso.datetime().nullable(),
        error: orNull(
          z.object({
            code: z.string(),
            message: z.string(),
          }),
        ).describe(
          'why it has no answer: `budget`; `unclear`: no answer came, and the call may have been charged; `failed`: the endpoint refuses or is away; `unusable`: the answer is not in the form that was asked for; `nothing_held`: code found everything in it wrong; `no_cause` and `no_runs`: there is nothing to show the model',
        ),
      }),
    ).describe('the last; null where nobody has asked'),
    told: z.iso.datetime().nullable().describe('when the narrative was given'),
    narrative: orNull(narrative).describe(
      'the last that held, also while another is asked for; null before the first',
    ),
  })
  .openapi('CauseNarrative');

const params = z.object({ id: z.string().min(1).max(100) });

const get = route('read', {
  method: 'get',
  path: '/causes/{id}/narrative',
  summary: 'What the label model proposes about a cause, each quote looked up by code',
  request: { params },
  responses: { 200: json(causeNarrative, 'kept also through later analyses') },
});

const ask = route('write', {
  method: 'post',
  path: '/causes/{id}/narrative',
  summary: 'Ask the label model what is behind a cause, or join the question that waits or runs',
  request: { params },
  responses: { 202: json(causeNarrative, '`GET /events` says when it has ended') },
});

export function narrativeRoutes({ analyses, narratives, workspace }: ServerContext): Api {
  const api = newApi();

  api.openapi(get, async (c) => {
    const { project } = c.var.access;
    const id = await survivorOf(project, c.req.valid('param').id);
    return c.json(shown(await workspace.narratives.find(project, id)), 200);
  });

  api.openapi(ask, async (c) => {
    const { project, by } = c.var.access;
    if (narratives.model === null) throw NO_MODEL;
    const decisions = decisionsOf(await workspace.decisions(project));
    const id = decisions.survivor(c.req.valid('param').id);
    const latest = await analyses.latest(project);
    if (latest === null || causeIn(latest.report, decisions, id) === null)
      throw noCause(project, id);
    return c.json(shown(await narratives.ask(project, id, by)), 202);
  });

  return api;

  async function survivorOf(project: string, id: string): Promise<string> {
    return decisionsOf(await workspace.decisions(project)).survivor(id);
  }

  function shown(stored: StoredNarrative | null): z.infer<typeof causeNarrative> {
    const { model } = narratives;
    if (stored === null) return { model, question: null, told: null, narrative: null };
    const { state, by, asked, ended, error, told } = stored;
    return {
      model,
      question: { state, by, error, asked: iso(asked), ended: ended === null ? null : iso(ended) },
      told: told === null ? null : iso(told),
      narrative: stored.narrative,
    };
  }
}

const iso = (at: number): string => new Date(at).toISOString();

const NO_MODEL = new RequestError({
  ...{ status: 409, code: 'no_label_model' },
  detail:
    'this server has no label model: its operator names one as labelModel in the file of culprit serve --config',
});

const noCause = (project: string, id: string): RequestError =>
  new RequestError({
    ...{ status: 404, code: 'no_such_cause' },
    detail: `the latest analysis of the project ${project} has no cause ${id.slice(0, 100)}: GET /api/v1/causes lists them`,
  });
