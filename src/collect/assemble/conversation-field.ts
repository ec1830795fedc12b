import type { Json, JsonObject } from '../../contract/json.ts';
import type { TraceError, Usage } from '../../contract/trace.ts';
import { isRecord } from '../../text/json.ts';
import { typeOfMessage } from '../dialect/span-error.ts';
import { numberOf, recordOf, stringOf, structured, textOf } from '../json/json-value.ts';
import { costOf, NO_USAGE, tokenCounts, usageOf } from '../message/usage.ts';
import { type TraceFields, tagsOf } from './trace-field.ts';

/** The columns of a row that say what the run was, and the rest. */
export interface ConversationFields extends TraceFields {
  readonly id: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly time: number | null;
  readonly isOk: boolean;
  readonly error: TraceError | null;
  readonly usage: Usage;
  readonly documents: Json | undefined;
}

/** Sorts a row's columns in one pass; what no field is known for becomes metadata. */
export function conversationFields(fields: JsonObject): ConversationFields {
  const found = new Map<Column, Json>();
  let metadata: Record<string, Json> | null = null;
  for (const key in fields) {
    const value = fields[key];
    if (value === undefined || value === null) continue;
    const column = COLUMNS.get(key) ?? COLUMNS.get(key.toLowerCase());
    if (column === undefined) {
      metadata ??= {};
      metadata[key] = value;
    } else if (column === 'metadata' && isRecord(structured(value))) {
      metadata = Object.assign(metadata ?? {}, recordOf(value));
    } else if (!found.has(column)) found.set(column, value);
  }
  const bag: JsonObject = metadata ?? NO_METADATA;
  const text = (column: Column): string | null => {
    const value = found.get(column);
    return value === undefined
      ? metadata === null
        ? null
        : fromBag(bag, column)
      : stringOf(value);
  };
  return {
    id: text('id'),
    name: text('name'),
    project: text('project'),
    tenant: text('tenant'),
    user: text('user'),
    session: text('session'),
    environment: text('environment'),
    release: text('release'),
    promptName: text('promptName'),
    promptVersion: text('promptVersion'),
    model: text('model'),
    provider: text('provider'),
    tags: found.has('tags') ? tagsOf(found.get('tags') ?? null) : NO_TAGS,
    time: timeOf(found.get('time')),
    isOk: OK.has(textOf(found.get('status')).toLowerCase()),
    error: errorOf(found),
    usage: usageIn(found),
    documents: found.get('documents'),
    metadata: bag,
  };
}

type Column =
  | 'id'
  | 'name'
  | 'project'
  | 'tenant'
  | 'user'
  | 'session'
  | 'environment'
  | 'release'
  | 'promptName'
  | 'promptVersion'
  | 'model'
  | 'provider'
  | 'tags'
  | 'time'
  | 'status'
  | 'error'
  | 'usage'
  | 'cost'
  | 'documents'
  | 'metadata';

const SPELLINGS: Readonly<Record<Column, string>> = {
  id: 'trace_id traceId id run_id runId request_id requestId custom_id',
  name: 'name trace_name traceName',
  project: 'project project_name service',
  tenant:
    'tenant tenant_id tenantId org organization org_id organization_id customer_id account_id',
  user: 'user user_id userId',
  session: 'session session_id sessionId thread_id threadId conversation_id conversationId chat_id',
  environment: 'environment env',
  release: 'release app_version',
  promptName: 'prompt_name promptName',
  promptVersion: 'prompt_version promptVersion',
  model: 'model model_name modelName',
  provider: 'provider',
  tags: 'tags',
  time: 'timestamp time created_at createdAt created start_time startTime date',
  status: 'status',
  error: 'error error_message exception',
  usage: 'usage token_usage',
  cost: 'cost total_cost totalCost',
  documents:
    'retrieved retrieved_documents retrieved_contexts retrieved_context documents contexts context passages sources',
  metadata: 'metadata meta',
};

const COLUMNS: ReadonlyMap<string, Column> = new Map(
  (Object.entries(SPELLINGS) as [Column, string][]).flatMap(([column, keys]) =>
    keys.split(' ').map((key): [string, Column] => [key, column]),
  ),
);

const OK: ReadonlySet<string> = new Set(['ok', 'success', 'succeeded', 'completed', 'done']);
const FAILED: ReadonlySet<string> = new Set(['error', 'failed', 'failure', 'errored']);
const NO_METADATA: JsonObject = {};
const NO_TAGS: readonly string[] = [];

/** Metadata bags name tenants, users and sessions too. */
function fromBag(bag: JsonObject, column: Column): string | null {
  if (column === 'id' || column === 'name') return null;
  for (const key in bag) {
    if (COLUMNS.get(key) !== column) continue;
    const value = stringOf(bag[key]);
    if (value !== null) return value;
  }
  return null;
}

/** Epoch milliseconds of ISO text or of seconds, milliseconds, microseconds or nanoseconds by magnitude. */
function timeOf(value: Json | undefined): number | null {
  const number = numberOf(value);
  if (number === null) {
    const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(time) ? null : time;
  }
  if (number < 1e8) return null;
  if (number < 1e11) return number * 1000;
  if (number < 1e14) return number;
  return number < 1e17 ? number / 1000 : number / 1e6;
}

function errorOf(found: ReadonlyMap<Column, Json>): TraceError | null {
  const held = found.get('error');
  const isFailed = FAILED.has(textOf(found.get('status')).toLowerCase());
  if (held === undefined || held === '' || held === false) {
    return isFailed ? { type: '_OTHER', message: '', spanId: null } : null;
  }
  const message = isRecord(held)
    ? (stringOf(held['message']) ?? textOf(held))
    : held === true
      ? ''
      : textOf(held);
  const named = isRecord(held) ? (stringOf(held['type']) ?? stringOf(held['code'])) : null;
  return { type: named ?? typeOfMessage(message), message, spanId: null };
}

function usageIn(found: ReadonlyMap<Column, Json>): Usage {
  const usage = found.get('usage');
  const cost = found.has('cost') ? costOf(found.get('cost')) : null;
  const counts = usage === undefined ? null : tokenCounts(usage);
  if (counts !== null) return usageOf(counts, cost);
  return cost === null ? NO_USAGE : { ...NO_USAGE, cost };
}
