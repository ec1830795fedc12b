import { plural } from '../../text/format.ts';
import type { Environment } from '../http/environment.ts';
import { needs } from '../http/needs.ts';
import { problemOf, problemResponse, RequestError } from '../http/problem.ts';
import { Hono, html } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';

const SHOWN_TRACES = 20;
const SHOWN_CAUSES = 10;

/** The first page: what was received, what failed, and how to send more. Without scripts; all text of traces is escaped. */
export function pageRoutes(context: ServerContext): Hono<Environment> {
  const routes = new Hono<Environment>();
  routes.get('/', needs('read'), async (c) => {
    const page = await pageOf(context, c.var.access.project, new URL(c.req.url).origin);
    return c.html(page, 200, HEADERS);
  });
  routes.onError((error) => {
    const response = problemResponse(problemOf(error));
    // A browser then asks for the key, as a password.
    if (error instanceof RequestError && error.problem.status === 401)
      response.headers.set('www-authenticate', 'Basic realm="Culprit: a key as password"');
    return response;
  });
  return routes;
}

const HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

async function pageOf(context: ServerContext, project: string, origin: string) {
  const { store, analyses } = context;
  const [funnel, page, latest] = await Promise.all([
    store.funnel({ project }),
    store.newest({ project }, { limit: SHOWN_TRACES }),
    analyses.latest(project),
  ]);
  const { received, rejected } = context.metrics.totals();
  const { openTraces } = context.progress();
  const dropped = Object.entries(rejected);
  const causes = latest?.report.analysis.clusters.slice(0, SHOWN_CAUSES) ?? [];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="10">
<title>Culprit: ${project}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: CanvasText; background: Canvas; color-scheme: light dark; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid color-mix(in srgb, CanvasText 20%, transparent); vertical-align: top; }
td { max-width: 24rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
pre { padding: .8rem; overflow-x: auto; background: color-mix(in srgb, CanvasText 8%, transparent); }
</style>
</head>
<body>
<h1>Culprit: ${project}</h1>
<p>${plural(funnel.stored, 'trace')} stored → ${funnel.eligible} can be judged → ${funnel.failed} failed → ${funnel.signaled} with a reason.
${plural(openTraces, 'trace')} still arriving. Since the start: ${plural(received, 'record')} received${dropped.map(([reason, count]) => `, ${count} not taken (${reason})`).join('')}.</p>
<h2>Causes</h2>
${
  latest === null
    ? html`<p>Nothing was analyzed yet. That happens every hour, or now:</p>`
    : html`<p><a href="/api/v1/report">Open the report</a> of ${new Date(latest.at).toISOString()}: ${latest.failed} of ${plural(latest.traces, 'trace')} failed.</p>
<table><tr><th>Rank</th><th>Cause</th><th>Failures</th></tr>
${causes.map(({ rank, title, population }) => html`<tr><td>${rank ?? '–'}</td><td>${title}</td><td>${population}</td></tr>`)}</table>`
}
<pre>curl -X POST ${origin}/api/v1/analyses</pre>
<h2>Newest traces</h2>
${
  page.items.length === 0
    ? html`<p>None yet. A trace appears when it has rested for 30 seconds.</p>`
    : html`<table><tr><th>Start</th><th>Name</th><th>Input</th><th>Output</th><th>Verdict</th></tr>
${page.items.map(
  (row) =>
    html`<tr><td>${new Date(row.start).toISOString()}</td><td><a href="/api/v1/traces/${encodeURIComponent(row.traceId.toWellFormed())}">${row.name || row.traceId}</a></td><td>${row.input.slice(0, 200)}</td><td>${row.output.slice(0, 200)}</td><td>${row.failed ? `failed: ${row.signals.join(', ')}` : 'passed'}</td></tr>`,
)}</table>`
}
<h2>Send traces</h2>
<pre>OTEL_EXPORTER_OTLP_ENDPOINT=${origin}
LANGFUSE_BASE_URL=${origin}
LANGSMITH_TRACING=true LANGSMITH_ENDPOINT=${origin}</pre>
</body>
</html>`;
}
