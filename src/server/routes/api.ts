import type { ServerContext } from '../server-context.ts';
import { type Api, newApi } from './api-group.ts';
import { causeRoutes } from './causes.ts';
import { deployRoutes } from './deploys.ts';
import { projectRoutes } from './projects.ts';
import { scoreRoutes } from './scores.ts';
import { statusRoutes } from './status.ts';
import { traceRoutes } from './traces.ts';

/** The API under `/api/v1`, and its description as OpenAPI 3.1. */
export function apiRoutes(context: ServerContext): Api {
  const api = newApi();
  api.route('/', traceRoutes(context));
  api.route('/', scoreRoutes(context));
  api.route('/', deployRoutes(context));
  api.route('/', projectRoutes(context));
  api.route('/', causeRoutes(context));
  api.route('/', statusRoutes(context));
  api.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Culprit',
      version: context.version,
      description: 'Traces, failures and their root causes. Faults are application/problem+json.',
    },
  });
  return api;
}
