import { CulpritError } from '../contract/culprit-error.ts';
import { isRecord } from '../text/json.ts';
import { environment } from './environment.ts';
import type { Place, Stream } from './pull.ts';
import { askApi, type PulledApi } from './pull-request.ts';
import type { PulledSource } from './pulled-source.ts';

const LIMIT = 100;
/** What is read of runs. */
const FIELDS = [
  ...['id', 'name', 'run_type', 'start_time', 'end_time', 'error', 'status', 'inputs', 'outputs'],
  ...['extra', 'events', 'tags', 'trace_id', 'dotted_order'],
  ...['first_token_time', 'prompt_tokens', 'completion_tokens', 'total_tokens'],
  ...['prompt_cost', 'completion_cost', 'total_cost', 'reference_example_id'],
];
/** Before every run, where a reading has no beginning: without one, the API gives the last day. */
const BEGINNING = '2000-01-01T00:00:00Z';

/**
 * The history of a LangSmith project: its runs, and the feedback on them. Runs are read through version 2 of the API, or, where a
 * server is older than LangSmith 0.16, through the one before, which is to be removed in 2027.
 * @throws CulpritError `invalid_option`
 */
export function langsmithSource(given: string | null, onWait: PulledApi['onWait']): PulledSource {
  const variable = (name: string): string | null =>
    environment(`LANGSMITH_${name}`) ?? environment(`LANGCHAIN_${name}`);
  const url = given ?? variable('ENDPOINT');
  const [key, project] = [variable('API_KEY'), variable('PROJECT')];
  if (url === null || key === null || project === null)
    throw new CulpritError(
      'invalid_option',
      '--langsmith needs an address (after it, or in LANGSMITH_ENDPOINT), LANGSMITH_API_KEY and LANGSMITH_PROJECT',
    );
  const workspace = variable('WORKSPACE_ID');
  const api: PulledApi = {
    url: url.replace(/\/+$/, ''),
    headers: { 'x-api-key': key, ...(workspace !== null && { 'x-tenant-id': workspace }) },
    onWait,
  };
  return {
    name: `langsmith ${api.url} ${project}`,
    streams: async () => {
      const session = await sessionOf(api, project);
      // As LangSmith's own client makes the address.
      const root = { ...api, url: api.url.replace(/\/api(?:\/v1)?$/, '') };
      const probe = { project_ids: [session], page_size: 1, selects: ['ID'] };
      const isOlder = (await askApi(root, RUNS, probe)) === null;
      return [isOlder ? olderRunsOf(api, session) : runsOf(api, root, session)];
    },
  };
}

async function sessionOf(api: PulledApi, project: string): Promise<string> {
  const answer = await askApi(api, `/sessions?${new URLSearchParams({ name: project })}`);
  const found = Array.isArray(answer)
    ? answer.find((each) => isRecord(each) && each['name'] === project)
    : null;
  if (isRecord(found) && typeof found['id'] === 'string') return found['id'];
  throw new CulpritError(
    'invalid_option',
    `LANGSMITH_PROJECT: ${api.url} has no project ${project}`,
  );
}

const RUNS = '/api/v2/runs/query';

const runsOf = (api: PulledApi, root: PulledApi, session: string): Stream => ({
  name: `runs v2 ${session}`,
  async page({ from, to, cursor }) {
    const answer = await askApi(root, RUNS, {
      project_ids: [session],
      min_start_time: from ?? BEGINNING,
      max_start_time: to,
      page_size: LIMIT,
      selects: [...FIELDS, 'project_id', 'parent_run_ids'].map((field) => field.toUpperCase()),
      ...(cursor !== null && { cursor }),
    });
    const { items, next_cursor: next } = isRecord(answer) ? answer : {};
    const runs = (Array.isArray(items) ? items : []).filter(isRecord).map(asOlderRun);
    return {
      items: [...runs, ...(await feedbackOn(api, runs))],
      cursor: typeof next === 'string' && next !== '' ? next : null,
    };
  },
});

/** As the API before names and spells it, and as exports have it. */
function asOlderRun(run: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { project_id, parent_run_ids, run_type, status, ...same } = run;
  const parents = Array.isArray(parent_run_ids) ? parent_run_ids : [];
  return {
    ...same,
    session_id: project_id,
    parent_run_id: parents.at(-1) ?? null,
    run_type: String(run_type ?? 'chain').toLowerCase(),
    status: typeof status === 'string' ? status.toLowerCase() : null,
  };
}

const olderRunsOf = (api: PulledApi, session: string): Stream => ({
  name: `runs ${session}`,
  async page(place) {
    const answer = await askApi(api, '/runs/query', { ...query(place), session: [session] });
    const runs =
      isRecord(answer) && Array.isArray(answer['runs']) ? answer['runs'].filter(isRecord) : [];
    const cursors = isRecord(answer) ? answer['cursors'] : null;
    const next = isRecord(cursors) ? cursors['next'] : null;
    return {
      items: [...runs, ...(await feedbackOn(api, runs))],
      cursor: typeof next === 'string' && next !== '' ? next : null,
    };
  },
});

const query = ({ from, to, cursor }: Place): object => ({
  limit: LIMIT,
  order: 'asc',
  select: [...FIELDS, 'session_id', 'parent_run_id'],
  start_time: from,
  end_time: to,
  ...(cursor !== null && { cursor }),
});

async function feedbackOn(
  api: PulledApi,
  runs: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly object[]> {
  if (runs.length === 0) return [];
  const traces = new Map(runs.map((run) => [run['id'], run['trace_id']]));
  const all: object[] = [];
  for (let offset = 0; ; offset += LIMIT) {
    const search = new URLSearchParams({ limit: String(LIMIT), offset: String(offset) });
    for (const id of traces.keys()) search.append('run', String(id));
    const answer = await askApi(api, `/feedback?${search}`);
    const page = Array.isArray(answer) ? answer.filter(isRecord) : [];
    // Feedback names its run; the store finds it by the trace.
    for (const each of page)
      all.push({ ...each, trace_id: each['trace_id'] ?? traces.get(each['run_id']) });
    if (page.length < LIMIT) return all;
  }
}
