import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

const word = z.string().max(500).default('');

const deployInput = z
  .strictObject({
    at: z.iso.datetime().optional().describe('default: now'),
    release: word,
    promptVersion: word,
    model: word,
    environment: word,
    note: z.string().max(5_000).default(''),
  })
  .refine((deploy) => deploy.release || deploy.promptVersion || deploy.model, {
    message: 'a deploy needs a release, a promptVersion or a model',
  })
  .openapi('DeployInput');

const deploy = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    release: z.string(),
    promptVersion: z.string(),
    model: z.string(),
    environment: z.string(),
    note: z.string(),
  })
  .openapi('Deploy');

const add = route('ingest', {
  method: 'post',
  path: '/deploys',
  summary: 'Record that a release, a prompt version or a model went live',
  request: {
    body: { required: true, content: { 'application/json': { schema: deployInput } } },
  },
  responses: { 201: json(deploy, 'recorded') },
});

const list = route('read', {
  method: 'get',
  path: '/deploys',
  summary: 'Deploys, newest first',
  responses: { 200: json(z.object({ items: z.array(deploy) }), 'the last 1,000') },
});

export function deployRoutes({ workspace, clock, newId }: ServerContext): Api {
  const api = newApi();
  api.openapi(add, async (c) => {
    const { project } = c.var.access;
    const { at, ...given } = c.req.valid('json');
    const time = at === undefined ? clock() : Date.parse(at);
    const id = newId();
    await workspace.addDeploy({ id, project, at: time, ...given });
    return c.json({ id, at: new Date(time).toISOString(), ...given }, 201);
  });
  api.openapi(list, async (c) => {
    const { project } = c.var.access;
    const deploys = await workspace.deploys(project);
    const items = deploys.map(({ project: _, at, ...rest }) => ({
      ...rest,
      at: new Date(at).toISOString(),
    }));
    return c.json({ items }, 200);
  });
  return api;
}
