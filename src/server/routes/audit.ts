import type { AuditEntry, AuditFilter } from '../../store/workspace/workspace.ts';
import { byteStream } from '../http/byte-stream.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

/** What is written to the log: the word before the dot of each action. */
const KINDS = [
  'sign-in',
  'password',
  'person',
  'invitation',
  'key',
  'link',
  'project',
  'traces',
  'backup',
  'audit',
] as const;

const audit = z
  .object({
    id: z.number().int(),
    at: z.iso.datetime(),
    by: z
      .string()
      .describe(
        'id of the person or key; on a server without sign-in a name that was given, or `local`',
      ),
    name: z.string().describe('of the person or key, at that time'),
    action: z.string().describe('such as `key.revoke`'),
    subject: z.string().describe("id of what it was done to; '' for the project"),
    before: z.unknown().describe('null where it was not there'),
    after: z.unknown(),
  })
  .openapi('AuditEntry');

const filter = z.object({
  by: z.string().min(1).max(200).optional().describe('id of the person or key'),
  kind: z.enum(KINDS).optional().describe('the word before the dot of the action'),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional().describe('not included'),
});

const list = route('admin', {
  method: 'get',
  path: '/audit',
  summary: 'Who signed in, and who changed people, keys and settings, newest first',
  request: {
    query: filter.extend({
      limit: z.coerce.number().int().min(1).max(1000).default(50),
      before: z.coerce.number().int().min(1).optional().describe('`next` of the page before'),
    }),
  },
  responses: {
    200: json(
      z.object({ items: z.array(audit), next: z.number().int().nullable() }),
      'a page; `next` asks for the one after it',
    ),
  },
});

const file = route('admin', {
  method: 'get',
  path: '/audit/export',
  summary: 'The same as a file, one entry a line, newest first',
  request: { query: filter },
  responses: {
    200: { description: 'the file', content: { 'application/x-ndjson': { schema: z.string() } } },
  },
});

const PAGE = 1_000;

export function auditRoutes({ workspace, note, onError }: ServerContext): Api {
  const api = newApi();

  api.openapi(list, async (c) => {
    const { limit, before, ...asked } = c.req.valid('query');
    const { project } = c.var.access;
    const found = await workspace.audit.list(project, {
      limit: limit + 1,
      ...{ before, ...filterOf(asked) },
    });
    const items = found.slice(0, limit).map(shown);
    const next = found.length > limit ? (items.at(-1)?.id ?? null) : null;
    return c.json({ items, next }, 200);
  });

  api.openapi(file, async (c) => {
    const { project } = c.var.access;
    const asked = c.req.valid('query');
    const bytes = lines(project, filterOf(asked));
    const first = await bytes.next();
    await note(c.var.access, { action: 'audit.export', subject: '', before: null, after: asked });
    return c.body(byteStream(first, bytes, onError), 200, {
      'content-type': 'application/x-ndjson',
      'content-disposition': `attachment; filename="${project}-audit.jsonl"`,
    }) as never;
  });

  return api;

  async function* lines(project: string, wanted: AuditFilter): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    let before: number | undefined;
    for (;;) {
      const page = await workspace.audit.list(project, { limit: PAGE, before, ...wanted });
      if (page.length > 0)
        yield encoder.encode(page.map((each) => `${JSON.stringify(shown(each))}\n`).join(''));
      before = page.at(-1)?.id;
      if (page.length < PAGE) return;
    }
  }
}

const filterOf = ({ from, to, ...rest }: z.infer<typeof filter>): AuditFilter => ({
  ...rest,
  ...(from !== undefined && { from: Date.parse(from) }),
  ...(to !== undefined && { to: Date.parse(to) }),
});

const shown = ({ project: _, at, ...rest }: AuditEntry) => ({
  ...rest,
  at: new Date(at).toISOString(),
});
