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
  const found: Found = {};
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
    } else if (found[column] === undefined) found[column] = value;
  }
  const failed = found.status !== undefined && FAILED.has(textOf(found.status).toLowerCase());
  return {
    id: stringOf(found.id),
    name: stringOf(found.name),
    project: textIn('project', found.project, metadata),
    tenant: textIn('tenant', found.tenant, metadata),
    user: textIn('user', found.user, metadata),
    session: textIn('session', found.session, metadata),
    environment: textIn('environment', found.environment, metadata),
    release: textIn('release', found.release, metadata),
    promptName: textIn('promptName', found.promptName, metadata),
    promptVersion: textIn('promptVersion', found.promptVersion, metadata),
    model: textIn('model', found.model, metadata),
    provider: textIn('provider', found.provider, metadata),
    tags: found.tags === undefined ? NO_TAGS : tagsOf(found.tags),
    time: timeOf(found.time),
    isOk: found.status !== undefined && OK.has(textOf(found.status).toLowerCase()),
    error: errorOf(found.error, failed),
    usage: usageIn(found.usage, found.cost),
    documents: found.documents,
    metadata: metadata ?? NO_METADATA,
  };
}

type Found = Partial<Record<Column, Json>>;

/** A column, else what the metadata bag says, which names tenants, users and sessions too. */
function textIn(
  column: Column,
  value: Json | undefined,
  metadata: JsonObject | null,
): string | null {
  if (value !== undefined) return stringOf(value);
  return metadata === null ? null : fromBag(metadata, column);
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

function fromBag(bag: JsonObject, column: Column): string | null {
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

function errorOf(held: Json | undefined, isFailed: boolean): TraceError | null {
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

function usageIn(usage: Json | undefined, costs: Json | undefined): Usage {
  const cost = costs === undefined ? null : costOf(costs);
  const counts = usage === undefined ? null : tokenCounts(usage);
  if (counts !== null) return usageOf(counts, cost);
  return cost === null ? NO_USAGE : { ...NO_USAGE, cost };
}
