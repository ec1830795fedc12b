import { checklistItemSchema, SDKS } from '../../contract/readiness.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { projectState, SOURCE_STATES, STATE_RULE } from '../sources/source-state.ts';
import type { SourceView } from '../sources/source-view.ts';
import { type Api, json, newApi, route } from './api-group.ts';

export const sourceStateSchema = z
  .enum(SOURCE_STATES)
  .describe('whether traces come in; the rule says when a source counts as stopped');

const source = z
  .object({
    service: z.string(),
    sdk: z.enum(SDKS),
    sdkName: z.string(),
    environment: z.string(),
    state: sourceStateSchema,
    traces: z.number().describe('traces that are stored'),
    first: z.iso.datetime().describe('receipt of the first of them'),
    last: z.iso.datetime(),
    usualIntervalMs: z.number().nullable(),
    stoppedAfterMs: z
      .number()
      .nullable()
      .describe('silence from which on it counts as stopped; null: it never sent regularly'),
    checked: z.number().describe('its last traces, which the checklist counts; at most 1,000'),
    checklist: z.array(checklistItemSchema),
  })
  .openapi('Source');

const list = route('read', {
  method: 'get',
  path: '/sources',
  summary: 'Where traces come from, whether they still come, and what they carry and lack',
  responses: {
    200: json(
      z.object({
        state: sourceStateSchema,
        rule: z.string().describe('when a source counts as stopped or without data'),
        items: z.array(source),
      }),
      'the sources, the one that sent last first',
    ),
  },
});

export function sourceRoutes({ sources }: ServerContext): Api {
  const api = newApi();
  api.openapi(list, async (c) => {
    const { project } = c.var.access;
    const items = await sources.of(project);
    const state = projectState(items.map((each) => each.state));
    return c.json({ state, rule: STATE_RULE, items: items.map(shownSource) }, 200);
  });
  return api;
}

const shownSource = (view: SourceView): z.infer<typeof source> => {
  const { first, last, usualInterval, stoppedAfter, checklist, ...same } = view;
  return {
    ...same,
    first: new Date(first).toISOString(),
    last: new Date(last).toISOString(),
    usualIntervalMs: usualInterval,
    stoppedAfterMs: stoppedAfter,
    checklist: [...checklist],
  };
};
