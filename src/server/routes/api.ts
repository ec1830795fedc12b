import { problemResponse } from '../http/problem.ts';
import { tellChanges } from '../http/tell-changes.ts';
import { bodyLimit } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { agreementRoutes } from './agreement.ts';
import { type Api, newApi } from './api-group.ts';
import { auditRoutes } from './audit.ts';
import { backupRoutes } from './backups.ts';
import { causeHistoryRoutes } from './cause-history.ts';
import { causeRoutes } from './causes.ts';
import { comparisonRoutes } from './comparisons.ts';
import { decisionRoutes } from './decisions.ts';
import { definitionRoutes } from './definitions.ts';
import { deployRoutes } from './deploys.ts';
import { disagreementRoutes } from './disagreements.ts';
import { eventRoutes } from './events.ts';
import { exportRoutes } from './exports.ts';
import { guardListRoutes, guardRoutes } from './guards.ts';
import { importStateRoutes } from './import-states.ts';
import { importRoutes } from './imports.ts';
import { jobRoutes } from './jobs.ts';
import { judgeRoutes } from './judges.ts';
import { labelRoutes } from './labels.ts';
import { nameRoutes } from './names.ts';
import { narrativeRoutes } from './narratives.ts';
import { passwordRoutes } from './passwords.ts';
import { peopleRoutes } from './people.ts';
import { projectRoutes } from './projects.ts';
import { proposalRoutes } from './proposals.ts';
import { providerRoutes } from './provider.ts';
import { queryRoutes } from './query.ts';
import { queueFillingRoutes } from './queue-filling.ts';
import { queueRoutes } from './queues.ts';
import { removalRoutes } from './removal.ts';
import { runRoutes } from './runs.ts';
import { scheduleRoutes } from './schedules.ts';
import { scoreRoutes } from './scores.ts';
import { sessionRoutes } from './sessions.ts';
import { sharedLinkRoutes } from './shared-links.ts';
import { signInRoutes } from './sign-in.ts';
import { signInsRoutes } from './sign-ins.ts';
import { sourceRoutes } from './sources.ts';
import { statusRoutes } from './status.ts';
import { suiteRoutes } from './suites.ts';
import { TAGS, tagOf } from './tags.ts';
import { taxonomyRoutes } from './taxonomies.ts';
import { tenantRoutes } from './tenants.ts';
import { traceRoutes } from './traces.ts';
import { versionRoutes } from './versions.ts';
import { watchRoutes } from './watchers.ts';

/** The API under `/api/v1`, and its description as OpenAPI 3.1. */
export function apiRoutes(context: ServerContext): Api {
  const api = newApi();
  const limited = bodyLimit({ maxSize: BODY, onError: tooLarge });
  // Files have a limit of their own.
  api.use((c, next) => (c.req.path.endsWith('/imports') ? next() : limited(c, next)));
  api.use(tellChanges(context.feed, context.onError));
  api.route('/', traceRoutes(context));
  api.route('/', queryRoutes(context));
  api.route('/', scoreRoutes(context));
  api.route('/', deployRoutes(context));
  api.route('/', importRoutes(context));
  api.route('/', importStateRoutes(context));
  api.route('/', exportRoutes(context));
  api.route('/', removalRoutes(context));
  api.route('/', backupRoutes(context));
  api.route('/', projectRoutes(context));
  api.route('/', causeRoutes(context));
  api.route('/', causeHistoryRoutes(context));
  api.route('/', narrativeRoutes(context));
  api.route('/', tenantRoutes(context));
  api.route('/', proposalRoutes(context));
  api.route('/', sharedLinkRoutes(context));
  api.route('/', sessionRoutes(context));
  api.route('/', comparisonRoutes(context));
  api.route('/', decisionRoutes(context));
  api.route('/', suiteRoutes(context));
  api.route('/', runRoutes(context));
  api.route('/', taxonomyRoutes(context));
  api.route('/', labelRoutes(context));
  api.route('/', queueRoutes(context));
  api.route('/', queueFillingRoutes(context));
  api.route('/', disagreementRoutes(context));
  api.route('/', agreementRoutes(context));
  api.route('/', sourceRoutes(context));
  api.route('/', definitionRoutes('prompt', '/prompts', context));
  api.route('/', definitionRoutes('tool', '/tools', context));
  api.route('/', jobRoutes(context));
  api.route('/', eventRoutes(context));
  api.route('/', signInRoutes(context));
  api.route('/', providerRoutes(context));
  api.route('/', signInsRoutes(context));
  api.route('/', passwordRoutes(context));
  api.route('/', peopleRoutes(context));
  api.route('/', nameRoutes(context));
  api.route('/', auditRoutes(context));
  api.route('/', versionRoutes(context));
  api.route('/', watchRoutes(context));
  api.route('/', scheduleRoutes(context));
  api.route('/', judgeRoutes(context));
  api.route('/', guardRoutes(context));
  api.route('/', guardListRoutes(context));
  api.route('/', statusRoutes(context));
  api.get('/openapi.json', (c) => c.json(documentOf(api, context.version)));
  return api;
}

/** The description of the API alone, for a version of the package. */
export const apiDocument = (version: string): ApiDocument =>
  documentOf(apiRoutes({ version } as ServerContext), version);

type ApiDocument = ReturnType<Api['getOpenAPI31Document']>;

function documentOf(api: Api, version: string): ApiDocument {
  const document = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Culprit', version, description: ABOUT },
    servers: [{ url: '/api/v1' }],
  });
  const named = TAGS.map(({ name, description }) => ({ name, description }));
  const others = new Set(Object.keys(document.paths ?? {}).map(tagOf));
  for (const { name } of named) others.delete(name);
  return {
    ...document,
    tags: [...named, ...[...others].map((name) => ({ name, description: '' }))],
    components: { ...document.components, securitySchemes: KEYS },
  };
}

const ABOUT = `Traces, failures and their root causes.
On loopback without --auth no key is needed. Elsewhere each request needs a key of the project with the scope that the route names.
Faults are application/problem+json with a stable code.
Lists come in pages: a cursor in the answer asks for the page after it.`;

const KEYS: NonNullable<NonNullable<ApiDocument['components']>['securitySchemes']> = {
  bearer: { type: 'http', scheme: 'bearer', description: 'Authorization: Bearer KEY' },
  header: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'x-api-key: KEY' },
};

const BODY = 16 * 1024 * 1024;

const tooLarge = (): Response =>
  problemResponse({ status: 413, code: 'too_large', detail: 'the body is larger than 16 MiB' });
