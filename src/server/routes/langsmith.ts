import type { BodyKind } from '../decode/body-readers.ts';
import type { Environment } from '../http/environment.ts';
import { needs } from '../http/needs.ts';
import { RequestError } from '../http/problem.ts';
import { type Receipt, receiveRequest } from '../http/receive-request.ts';
import { type Context, Hono } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';

/** The paths that LangSmith's clients send to: users change the endpoint alone. */
export function langsmithRoutes(context: ServerContext): Hono<Environment> {
  const routes = new Hono<Environment>();

  const receive = (c: Context<Environment>, kind: BodyKind, id = ''): Promise<Receipt> =>
    receiveRequest(
      context,
      { project: c.var.access.project, incoming: c.env.incoming },
      { kind, id },
    );

  /** Clients choose how to send by this. */
  routes.get('/info', (c) =>
    c.json({
      version: context.version,
      batch_ingest_config: {
        use_multipart_endpoint: true,
        size_limit: 100,
        size_limit_bytes: 20 * 1024 * 1024,
        scale_up_qsize_trigger: 1000,
        scale_up_nthreads_limit: 16,
        scale_down_nempty_trigger: 4,
      },
      instance_flags: { gzip_body_enabled: true, zstd_compression_enabled: true },
    }),
  );

  for (const [path, kind] of [
    ['/runs/multipart', 'langsmith-multipart'],
    ['/runs/batch', 'langsmith-batch'],
    ['/runs', 'langsmith-run'],
  ] as const)
    routes.post(path, needs('ingest'), async (c) => taken(c, await receive(c, kind)));

  routes.patch('/runs/:id', needs('ingest'), async (c) =>
    taken(c, await receive(c, 'langsmith-run', c.req.param('id'))),
  );

  routes.post('/feedback', needs('ingest'), async (c) => {
    const receipt = await receive(c, 'langsmith-feedback', context.newId());
    if (receipt.accepted.scores === 0) throw nothingIn(receipt);
    return c.json({ id: receipt.ids[0] });
  });

  return routes;
}

/** Runs that could not be read are counted and named; a request of which nothing could be read is refused. */
function taken(c: Context, { accepted, problems }: Receipt): Response {
  if (accepted.spans + accepted.scores === 0) throw nothingIn({ problems });
  const message = 'Runs batch ingested';
  if (problems.length === 0) return c.json({ message }, 202);
  const rejected = problems.reduce((sum, { count }) => sum + count, 0);
  return c.json(
    { message, rejected, errors: problems.map((each) => ({ message: each.message })) },
    202,
  );
}

const nothingIn = ({ problems }: Pick<Receipt, 'problems'>): RequestError => {
  const [problem] = problems;
  return new RequestError({
    status: 400,
    code: problem?.code ?? 'nothing_to_take',
    detail: problem?.message ?? 'the request holds no run and no score',
  });
};
