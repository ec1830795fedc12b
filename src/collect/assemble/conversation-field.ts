import type { Json, JsonObject } from '../../contract/json.ts';
import type { TraceError, Usage } from '../../contract/trace.ts';
import { isRecord } from '../../text/json.ts';
import { finishReasonOf } from '../dialect/finish-reason.ts';
import { typeOfMessage } from '../dialect/span-error.ts';
import { byKeys } from '../json/by-keys.ts';
import { numberOf, pick, recordOf, stringOf, structured, textOf } from '../json/json-value.ts';
import { costOf, NO_USAGE, tokenCounts, usageOf } from '../message/usage.ts';
import { type TraceFields, tagsOf } from './trace-field.ts';

/** The columns of a row that say what the run was, and the rest. */
export interface ConversationFields extends TraceFields {
  readonly id: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly time: number | null;
  readonly endTime: number | null;
  /** Canonical. */
  readonly finishReason: string | null;
  readonly isOk: boolean;
  readonly error: TraceError | null;
  readonly usage: Usage;
  readonly documents: Json | undefined;
}

/** Sorts a row's columns in one pass; what no field is known for becomes metadata. */
export function conversationFields(fields: JsonObject): ConversationFields {
  const found = nothingFound();
  const columns = columnsOf(fields);
  let at = 0;
  let metadata: Record<string, Json> | null = null;
  let duration: string | null = null;
  for (const key in fields) {
    const value = fields[key];
    const column = columns[at++];
    if (value === undefined || value === null) continue;
    if (column === undefined) {
      metadata ??= {};
      metadata[key] = value;
    } else if (column === 'metadata' && isRecord(structured(value))) {
      metadata = Object.assign(metadata ?? {}, recordOf(value));
    } else if (found[column] === undefined) {
      found[column] = value;
      if (column === 'milliseconds' || column === 'seconds') duration = key;
    }
  }
  const time = timeOf(found.time);
  // Without a start, a trace has no place for how long it took.
  if (time === null && duration !== null) metadata = { ...metadata, [duration]: fields[duration]! };
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
    time,
    endTime: timeOf(found.endTime) ?? later(time, durationIn(found)),
    finishReason: finishReasonOf(found.finishReason),
    isOk: found.status !== undefined && OK.has(textOf(found.status).toLowerCase()),
    error: errorOf(found),
    usage: usageIn(found),
    documents: found.documents,
    metadata: metadata ?? NO_METADATA,
  };
}

/** What each column holds. All have the same keys, so that reading them is quick. */
type Found = Record<Column, Json | undefined>;

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
  | 'errorType'
  | 'httpStatus'
  | 'usage'
  | 'inputTokens'
  | 'outputTokens'
  | 'cachedTokens'
  | 'cost'
  | 'endTime'
  | 'milliseconds'
  | 'seconds'
  | 'finishReason'
  | 'documents'
  | 'metadata';

/** Without regard to case, spaces, punctuation: `Prompt Tokens` and `promptTokens` are `prompt_tokens`. */
const SPELLINGS: Readonly<Record<Column, string>> = {
  id: 'trace_id id run_id request_id custom_id',
  name: 'name trace_name',
  project: 'project project_name service',
  tenant: 'tenant tenant_id org organization org_id organization_id customer_id account_id',
  user: 'user user_id end_user end_user_id distinct_id',
  session: 'session session_id thread_id conversation_id chat_id',
  environment: 'environment env',
  release: 'release app_version',
  promptName: 'prompt_name',
  promptVersion: 'prompt_version',
  model: 'model model_name',
  provider: 'provider custom_llm_provider',
  tags: 'tags request_tags',
  time: 'timestamp time created_at created start_time started_at date ts datetime request_created_at',
  endTime: 'end_time ended_at completed_at finished_at response_created_at',
  milliseconds:
    'duration_ms latency_ms delay_ms elapsed_ms response_time_ms total_time_ms runtime_ms time_ms',
  seconds:
    'duration_s latency_s duration_seconds latency_seconds elapsed_seconds elapsed_s duration_sec latency_sec run_duration response_time total_time',
  status: 'status',
  error:
    'error error_message exception error_str error_info error_information exception_message error_text',
  errorType: 'error_type error_class error_code exception_type',
  httpStatus: 'status_code response_status http_status',
  finishReason: 'finish_reason stop_reason finish_reasons',
  usage: 'usage token_usage',
  inputTokens:
    'prompt_tokens input_tokens tokens_in prompt_token_count input_token_count tokens_input',
  outputTokens:
    'completion_tokens output_tokens tokens_out completion_token_count output_token_count tokens_output',
  cachedTokens: 'cached_tokens cache_read_tokens cached_input_tokens cache_read_input_tokens',
  cost: 'cost total_cost cost_usd response_cost total_cost_usd price_usd estimated_cost total_estimated_cost',
  documents:
    'retrieved retrieved_documents retrieved_contexts retrieved_context documents contexts context passages sources',
  metadata: 'metadata meta',
};

const COLUMNS: ReadonlyMap<string, Column> = new Map(
  (Object.entries(SPELLINGS) as [Column, string][]).flatMap(([column, keys]) =>
    keys.split(' ').map((key): [string, Column] => [plainName(key), column]),
  ),
);

const COLUMN_NAMES = Object.keys(SPELLINGS) as readonly Column[];

const nothingFound = (): Found => ({ ...NOTHING_FOUND });
const NOTHING_FOUND = Object.fromEntries(COLUMN_NAMES.map((name) => [name, undefined])) as Found;

/** The column that each key is, in order. */
const columnsOf = byKeys((fields): readonly (Column | undefined)[] =>
  Object.keys(fields).map((key) =>
    key.length > LONGEST_KEY ? undefined : COLUMNS.get(plainName(key)),
  ),
);
const LONGEST_KEY = 60;

function plainName(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}

const OK: ReadonlySet<string> = new Set(['ok', 'success', 'succeeded', 'completed', 'done']);
const FAILED: ReadonlySet<string> = new Set([
  'error',
  'failed',
  'failure',
  'errored',
  'fail',
  'timeout',
  'timed_out',
  'exception',
]);
const NO_METADATA: JsonObject = {};
const NO_TAGS: readonly string[] = [];

function fromBag(bag: JsonObject, column: Column): string | null {
  const columns = columnsOf(bag);
  if (!columns.includes(column)) return null;
  for (const [at, key] of Object.keys(bag).entries()) {
    if (columns[at] !== column) continue;
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

function errorOf(found: Found): TraceError | null {
  const held = found.error;
  const http = numberOf(found.httpStatus) ?? 0;
  const isFailed =
    (found.status !== undefined && FAILED.has(textOf(found.status).toLowerCase())) || http >= 400;
  const named = stringOf(found.errorType ?? null) ?? (http >= 400 ? String(http) : null);
  if (held === undefined || isNoError(held)) {
    return isFailed ? { type: named ?? '_OTHER', message: '', spanId: null } : null;
  }
  const info = structured(held);
  const message = isRecord(info)
    ? (stringOf(pick(info, 'message', 'error_message', 'error')) ?? textOf(info))
    : held === true
      ? ''
      : textOf(held);
  const type = isRecord(info)
    ? stringOf(pick(info, 'type', 'exception_type', 'error_class', 'code', 'error_code'))
    : null;
  return { type: type ?? named ?? typeOfMessage(message), message, spanId: null };
}

/** Tables write the absence of an error in many ways. */
const isNoError = (held: Json): boolean =>
  held === false || held === 0 || (typeof held === 'string' && NO_ERROR.test(held));

const NO_ERROR = /^\s{0,20}(?:none|null|nan|n\/a|false|0|\[\]|\{\}|-)?\s{0,20}$/i;

function usageIn(found: Found): Usage {
  const cost = found.cost === undefined ? null : costOf(found.cost);
  const counts = (found.usage === undefined ? null : tokenCounts(found.usage)) ?? {
    input: numberOf(found.inputTokens),
    output: numberOf(found.outputTokens),
    cacheRead: numberOf(found.cachedTokens),
    cacheWrite: null,
    reasoning: null,
  };
  const isCounted = counts.input !== null || counts.output !== null;
  if (isCounted) return usageOf(counts, cost);
  return cost === null ? NO_USAGE : { ...NO_USAGE, cost };
}

function durationIn(found: Found): number | null {
  const seconds = numberOf(found.seconds);
  return numberOf(found.milliseconds) ?? (seconds === null ? null : seconds * 1000);
}

const later = (time: number | null, duration: number | null): number | null =>
  time === null || duration === null ? null : time + duration;
