import { readBuilt } from '../../platform/package-file.ts';
import { fillTemplate } from '../../platform/report-template.ts';
import type { SharedLink } from '../../store/workspace/workspace.ts';
import { keyHash } from '../http/access.ts';
import type { Environment } from '../http/environment.ts';
import { rateLimit } from '../http/rate-limit.ts';
import { Hono } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';

/** Requests of one address within a minute. */
const MOST = 30;
const HOUR = 3_600_000;
const MOST_REMEMBERED = 10_000;

/** The report that a link shows to whoever has it: of one tenant, to be read alone. */
export function sharedRoutes(context: ServerContext): Hono<Environment> {
  const { workspace, sessions, clock, addressOf, note } = context;
  const routes = new Hono<Environment>();
  const limit = rateLimit(MOST, clock);
  /** When an address was noted last as a reader of a link. */
  const noted = new Map<string, number>();

  routes.get('/shared/:secret', async (c) => {
    const address = addressOf(c.env.incoming);
    const wait = limit.take(address);
    if (wait !== null)
      return c.html(pageOf('Too many requests', `Try again in ${wait} seconds.`), 429, {
        ...HEADERS,
        'retry-after': String(wait),
      });
    const link = await workspace.links.find(keyHash(c.req.param('secret')));
    if (link === null || !isValid(link, clock())) return c.html(GONE, 404, HEADERS);
    const session = await workspace.session(link.project, link.session);
    if (session === null) return c.html(GONE, 404, HEADERS);
    const report = await sessions.report(link.project, link.session);
    if (report === null)
      return session.state === 'waiting' || session.state === 'running'
        ? c.html(pageOf('The report is being made', 'Load this page again in a minute.'), 503, {
            ...HEADERS,
            'retry-after': '60',
          })
        : c.html(pageOf('There is no report', 'Ask whoever gave you the link.'), 404, HEADERS);
    await noteOpening(link, { address, browser: (c.req.header('user-agent') ?? '').slice(0, 200) });
    return c.html(fillTemplate(await readBuilt('web/report.html'), report), 200, HEADERS);
  });

  return routes;

  /** Each address once an hour in the audit log. */
  async function noteOpening(
    { id, project, tenant }: SharedLink,
    from: { readonly address: string; readonly browser: string },
  ): Promise<void> {
    await workspace.links.countOpening(id, clock());
    const key = `${id} ${from.address}`;
    if ((noted.get(key) ?? 0) > clock() - HOUR) return;
    if (noted.size >= MOST_REMEMBERED) noted.clear();
    noted.set(key, clock());
    await note(
      { project, by: '', name: `a link for ${tenant}`.slice(0, 200) },
      { action: 'link.open', subject: id, before: null, after: from },
    );
  }
}

const isValid = ({ revoked, expires }: SharedLink, now: number): boolean =>
  revoked === null && now < expires;

/** Nothing of it is kept, listed, framed or told to others. */
const HEADERS = {
  'cache-control': 'private, no-store',
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow, noarchive',
};

/** A page of two lines, whatever the theme; both are our own words. */
const pageOf = (title: string, text: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <title>${title}</title>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <p>${text}</p>
    </main>
  </body>
</html>
`;

/** The same for all that hold no more, so that nobody learns which there were. */
const GONE = pageOf(
  'This link shows nothing',
  'It has expired, was revoked, or never was. Ask whoever gave it to you for another.',
);
