import { receiveValue, tooManyParts } from '../../collect/receive.ts';
import type { Environment } from '../http/environment.ts';
import { needs } from '../http/needs.ts';
import { RequestError } from '../http/problem.ts';
import { receiveRequest } from '../http/receive-request.ts';
import { Hono } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';

/** The paths that Langfuse's clients send to: users change the base URL alone. */
export function langfuseRoutes(context: ServerContext): Hono<Environment> {
  const routes = new Hono<Environment>();

  routes.post('/api/public/ingestion', needs('ingest'), async (c) => {
    let ids: readonly EventId[] = [];
    const { received } = await receiveRequest(
      context,
      { project: c.var.access.project, incoming: c.env.incoming },
      'langfuse-ingestion',
      (body) => {
        const batch = batchOf(body);
        ids = batch.map((event) => ({ id: String(event['id'] ?? '') }));
        return receiveValue({ batch });
      },
    );
    const errors = received.problems.map(({ message }) => ({
      id: '',
      status: 400,
      message,
      error: 'not taken',
    }));
    return c.json({ successes: ids.map(({ id }) => ({ id, status: 201 })), errors }, 207);
  });

  routes.post('/api/public/scores', needs('ingest'), async (c) => {
    let id = '';
    const { accepted, received } = await receiveRequest(
      context,
      { project: c.var.access.project, incoming: c.env.incoming },
      'langfuse-score',
      (body) => {
        const score = objectIn(body);
        id = typeof score['id'] === 'string' ? score['id'] : context.newId();
        return receiveValue({ batch: [{ id, type: 'score-create', body: { ...score, id } }] });
      },
    );
    if (accepted.scores === 0)
      throw new RequestError({
        status: 400,
        code: 'bad_score',
        detail:
          received.problems[0]?.message ??
          'a score needs a name, a value, and the traceId or sessionId that it is about',
      });
    return c.json({ id });
  });

  routes.get('/api/public/health', (c) => c.json({ status: 'OK', version: context.version }));

  /** Clients ask this to check their keys. */
  routes.get('/api/public/projects', needs('ingest'), async (c) => {
    const { project } = c.var.access;
    const found = await context.workspace.project(project);
    return c.json({ data: [{ id: project, name: found?.name ?? project }] });
  });

  return routes;
}

interface EventId {
  readonly id: string;
}

function batchOf(body: Uint8Array): readonly Record<string, unknown>[] {
  const { batch } = objectIn(body);
  if (Array.isArray(batch)) return batch.filter((event) => typeof event === 'object' && event);
  throw new RequestError({
    status: 400,
    code: 'bad_batch',
    detail: 'the body must be {"batch": [event, …]}',
  });
}

/** A JSON object; throws RequestError for anything else. */
export function objectIn(body: Uint8Array): Record<string, unknown> {
  if (tooManyParts(body, 'json'))
    throw new RequestError({
      status: 413,
      code: 'too_many_parts',
      detail: 'the body holds too many values; send smaller batches',
    });
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch (error) {
    const [reason = ''] = String(error).slice(0, 200).split('\n');
    throw new RequestError(
      { status: 400, code: 'broken_json', detail: `the body is not JSON: ${reason}` },
      { cause: error },
    );
  }
  throw new RequestError({
    status: 400,
    code: 'not_an_object',
    detail: 'the body must be an object',
  });
}
