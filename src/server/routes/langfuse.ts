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
    const request = { project: c.var.access.project, incoming: c.env.incoming };
    const { ids, refused, accepted } = await receiveRequest(context, request, {
      kind: 'langfuse-ingestion',
    });
    const places = new Set(refused.map(({ at }) => at));
    const successes = ids.filter((_, at) => !places.has(at)).map((id) => ({ id, status: 201 }));
    const errors = [
      ...refused.map(({ at, message }) => fault(ids[at] ?? '', message)),
      // The store does not say of which event.
      ...(accepted.refused === null ? [] : [fault('', accepted.refused.message)]),
    ];
    return c.json({ successes, errors }, 207);
  });

  /** One score, or a list of them, as the Python client has sent them since version 5. */
  routes.post('/api/public/scores', needs('ingest'), async (c) => {
    const request = { project: c.var.access.project, incoming: c.env.incoming };
    const { accepted, problems, ids } = await receiveRequest(context, request, {
      kind: 'langfuse-score',
      id: context.newId(),
    });
    const rejected = ids.length - accepted.scores;
    const message =
      problems[0]?.message ??
      'a score needs a name, a value, and the traceId or sessionId that it is about';
    if (ids.length !== 1)
      return rejected > 0
        ? c.json({ accepted: accepted.scores, rejected, errors: [{ message }] }, 207)
        : c.json({ message: 'Accepted' }, 202);
    if (rejected > 0) throw new RequestError({ status: 400, code: 'bad_score', detail: message });
    return c.json({ id: ids[0] });
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

const fault = (id: string, message: string) => ({ id, status: 400, message, error: 'not taken' });
