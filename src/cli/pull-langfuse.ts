import { CulpritError } from '../contract/culprit-error.ts';
import { isRecord } from '../text/json.ts';
import { environment } from './environment.ts';
import type { Page, Place, Stream } from './pull.ts';
import { askApi, type PulledApi } from './pull-request.ts';
import type { PulledSource } from './pulled-source.ts';

const LIMIT = '100';
const FIELDS = 'core,basic,time,io,metadata,model,usage,prompt,metrics,trace_context';

/**
 * The history of a Langfuse project: observations and scores through the lists with cursors, or, where a server does not have
 * these, traces, observations and scores by page number.
 * @throws CulpritError `invalid_option`
 */
export function langfuseSource(given: string | null, onWait: PulledApi['onWait']): PulledSource {
  const url = given ?? environment('LANGFUSE_BASE_URL') ?? environment('LANGFUSE_BASEURL');
  const [user, secret] = [environment('LANGFUSE_PUBLIC_KEY'), environment('LANGFUSE_SECRET_KEY')];
  if (url === null || user === null || secret === null)
    throw new CulpritError(
      'invalid_option',
      '--langfuse needs an address (after it, or in LANGFUSE_BASE_URL), LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY',
    );
  const basic = Buffer.from(`${user}:${secret}`).toString('base64');
  const api: PulledApi = {
    url: url.replace(/\/+$/, ''),
    headers: { authorization: `Basic ${basic}` },
    onWait,
  };
  return { name: `langfuse ${api.url} ${user}`, streams: async () => streamsOf(api) };
}

async function streamsOf(api: PulledApi): Promise<readonly Stream[]> {
  const probe = await askApi(api, '/api/public/v2/observations?limit=1');
  return probe === null
    ? [
        numbered(api, 'traces', '/api/public/traces', ['fromTimestamp', 'toTimestamp'], {
          orderBy: 'timestamp.asc',
          fields: 'core,io,metrics',
        }),
        numbered(api, 'observations', '/api/public/observations', ['fromStartTime', 'toStartTime']),
        numbered(api, 'scores', '/api/public/v2/scores', ['fromTimestamp', 'toTimestamp']),
      ]
    : [
        withMetadata(
          byCursor(
            api,
            'observations',
            '/api/public/v2/observations',
            ['fromStartTime', 'toStartTime'],
            { fields: FIELDS },
          ),
        ),
        byCursor(api, 'scores', '/api/public/v3/scores', ['fromTimestamp', 'toTimestamp'], {
          fields: 'details,subject,annotation',
        }),
      ];
}

type Bounds = readonly [from: string, to: string];

/** A list whose pages may be asked for with more in the query. */
interface List {
  readonly name: string;
  readonly page: (place: Place, more?: Readonly<Record<string, string>>) => Promise<Page>;
}

const byCursor = (
  api: PulledApi,
  name: string,
  path: string,
  bounds: Bounds,
  always: Readonly<Record<string, string>> = {},
): List => ({
  name,
  async page(place, more = {}) {
    const query = queryOf(place, bounds, { ...always, ...more });
    if (place.cursor !== null) query.set('cursor', place.cursor);
    const answer = await askApi(api, `${path}?${query}`);
    const cursor = metaOf(answer)['cursor'];
    return {
      items: itemsOf(answer),
      cursor: typeof cursor === 'string' && cursor !== '' ? cursor : null,
    };
  },
});

/** Values of metadata that may have been cut. */
const CUT = 200;
/** Keys that are asked for in full: their names go into the address. */
const MOST_KEYS = 100;

/** The list cuts values of metadata; a page with long ones is asked for again with their keys, and so are those after it. */
function withMetadata(list: List): Stream {
  const keys = new Set<string>();
  const page = (place: Place): Promise<Page> =>
    list.page(place, keys.size > 0 ? { expandMetadata: [...keys].join(',') } : {});
  return {
    name: list.name,
    async page(place) {
      const first = await page(place);
      const before = keys.size;
      for (const key of cutKeys(first.items)) if (keys.size < MOST_KEYS) keys.add(key);
      return keys.size === before ? first : page(place);
    },
  };
}

function* cutKeys(items: readonly object[]): Generator<string> {
  for (const item of items) {
    const metadata = 'metadata' in item && isRecord(item.metadata) ? item.metadata : {};
    for (const [key, value] of Object.entries(metadata))
      if (typeof value === 'string' && Buffer.byteLength(value) >= CUT && !key.includes(','))
        yield key;
  }
}

/**
 * Pages by number shift when something before them comes or goes. The cursor is the page, and how many items there were when the
 * first was read: if that is another number at the end, all is read again.
 */
const numbered = (
  api: PulledApi,
  name: string,
  path: string,
  bounds: Bounds,
  more: Readonly<Record<string, string>> = {},
): Stream => ({
  name,
  async page(place): Promise<Page | null> {
    const [page = 1, before = -1, round = 1] = (place.cursor ?? '')
      .split(' ')
      .filter(Boolean)
      .map(Number);
    const query = queryOf(place, bounds, more);
    query.set('page', String(page));
    const answer = await askApi(api, `${path}?${query}`);
    if (answer === null) return null;
    const { totalItems, totalPages } = metaOf(answer);
    const total = Number(totalItems);
    const first = page === 1 ? total : before;
    const isLast = page >= Number(totalPages);
    const items = itemsOf(answer);
    if (!isLast) return { items, cursor: `${page + 1} ${first} ${round}` };
    const hasMoved = total !== first && round < ROUNDS;
    return { items, cursor: hasMoved ? `1 -1 ${round + 1}` : null };
  },
});

const ROUNDS = 5;

function queryOf(
  { from, to }: Place,
  [fromName, toName]: Bounds,
  more: Readonly<Record<string, string>>,
): URLSearchParams {
  return new URLSearchParams({
    limit: LIMIT,
    ...more,
    ...(from !== null && { [fromName]: from }),
    [toName]: to,
  });
}

const itemsOf = (answer: unknown): readonly object[] => {
  const data = isRecord(answer) ? answer['data'] : null;
  return Array.isArray(data) ? data.filter(isRecord) : [];
};

const metaOf = (answer: unknown): Readonly<Record<string, unknown>> => {
  const meta = isRecord(answer) ? answer['meta'] : null;
  return isRecord(meta) ? meta : {};
};
