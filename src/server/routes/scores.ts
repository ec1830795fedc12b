import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

const scoreInput = z
  .object({
    id: z.string().max(200).optional().describe('send the same id again to change the score'),
    traceId: z.string().min(1).max(500),
    spanId: z.string().max(500).optional(),
    name: z.string().min(1).max(200),
    value: z.number().optional(),
    label: z.string().max(1000).optional(),
    explanation: z.string().max(20_000).optional(),
    annotator: z.enum(['human', 'model', 'code', 'unknown']).default('unknown'),
  })
  .refine(({ value, label }) => value !== undefined || label !== undefined, {
    message: 'a score needs a value or a label',
  })
  .openapi('ScoreInput');

const add = route('ingest', {
  method: 'post',
  path: '/scores',
  summary: 'Judge traces or spans; traces that are finished are judged anew',
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: z.union([scoreInput, z.array(scoreInput).max(10_000)]) },
      },
    },
  },
  responses: { 200: json(z.object({ accepted: z.number() }), 'the scores are stored') },
});

export function scoreRoutes({ ingest, projects, metrics }: ServerContext): Api {
  const api = newApi();
  api.openapi(add, async (c) => {
    const { project } = c.var.access;
    const given = c.req.valid('json');
    const scores = Array.isArray(given) ? given : [given];
    const { redact, keepDays } = await projects.of(project);
    const accepted = await ingest.accept({
      ...{ project, format: 'api', redact, keepDays },
      records: scores.map((score) => ({
        isPart: false,
        record: {
          kind: 'score',
          score: {
            traceId: score.traceId,
            sessionId: null,
            responseId: null,
            ...(score.id !== undefined && { id: score.id }),
            score: {
              name: score.name,
              value: score.value ?? null,
              label: score.label ?? null,
              explanation: score.explanation ?? null,
              annotator: score.annotator,
              spanId: score.spanId ?? null,
            },
          },
        },
      })),
    });
    metrics.received('score', accepted.scores);
    return c.json({ accepted: accepted.scores }, 200);
  });
  return api;
}
