import { spanIdOf } from '../../collect/receive.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';
import { spellings, traceIdInput } from './trace-id.ts';

const scoreInput = z
  .object({
    id: z.string().max(200).optional().describe('send the same id again to change the score'),
    traceId: traceIdInput,
    spanId: z.string().max(500).optional(),
    name: z.string().min(1).max(200),
    value: z.number().optional(),
    label: z.string().max(1000).optional(),
    explanation: z.string().max(20_000).optional(),
    annotator: z.enum(['human', 'model', 'code', 'unknown']).default('unknown'),
  })
  .refine(({ value, label }) => value !== undefined || label !== undefined, {
    path: ['value'],
    message: 'a score needs a value or a label',
  })
  .openapi('ScoreInput', {
    example: {
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      name: 'helpful',
      value: 0,
      annotator: 'human',
    },
  });

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
  responses: {
    200: json(
      z.object({
        accepted: z.number(),
        waiting: z
          .number()
          .describe(
            'scores of traces of which nothing has arrived yet; if it never does, look at their ids',
          ),
      }),
      'the scores are stored',
    ),
  },
});

type Score = z.infer<typeof scoreInput>;

/** Ids that the store is asked about at once. */
const ASKED = 2_000;

export function scoreRoutes({ ingest, projects, metrics, store }: ServerContext): Api {
  const api = newApi();

  /** The ids that have arrived among those that the scores may mean. */
  const arrived = async (project: string, scores: readonly Score[]): Promise<Set<string>> => {
    const ids = [...new Set(scores.flatMap(({ traceId }) => spellings(traceId)))];
    const found = new Set<string>();
    for (let from = 0; from < ids.length; from += ASKED)
      for (const id of await store.storedAmong(project, ids.slice(from, from + ASKED)))
        found.add(id);
    return found;
  };

  api.openapi(add, async (c) => {
    const { project } = c.var.access;
    const given = c.req.valid('json');
    const scores = Array.isArray(given) ? given : [given];
    const { redact, keepDays } = await projects.of(project);
    const known = await arrived(project, scores);
    let waiting = 0;
    const idOf = ({ traceId }: Score): string => {
      const ids = spellings(traceId);
      const there = ids.find((id) => known.has(id));
      if (there === undefined) waiting++;
      return there ?? ids.at(-1) ?? traceId;
    };
    const accepted = await ingest.accept({
      ...{ project, format: 'api', redact, keepDays },
      records: scores.map((score) => ({
        isPart: false,
        record: {
          kind: 'score',
          score: {
            traceId: idOf(score),
            sessionId: null,
            responseId: null,
            ...(score.id !== undefined && { id: score.id }),
            score: {
              name: score.name,
              value: score.value ?? null,
              label: score.label ?? null,
              explanation: score.explanation ?? null,
              annotator: score.annotator,
              spanId: score.spanId === undefined ? null : spanIdOf(score.spanId),
            },
          },
        },
      })),
    });
    metrics.received('score', accepted.scores);
    return c.json({ accepted: accepted.scores, waiting }, 200);
  });
  return api;
}
