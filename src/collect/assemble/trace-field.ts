import type { Json, JsonObject } from '../../contract/json.ts';
import type { Trace } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { TENANT_KEYS } from '../dialect/attribute-key.ts';
import { type AttributeReading, field, fieldOn } from '../dialect/attribute-reading.ts';
import type { Field } from '../dialect/attribute-table.ts';
import type { SpanReading } from '../dialect/read-span.ts';
import { pick, stringOf, structured } from '../json/json-value.ts';

/** Fields of a trace, gathered from all its spans. */
export type TraceFields = Pick<
  Trace,
  | 'name'
  | 'project'
  | 'tenant'
  | 'user'
  | 'session'
  | 'environment'
  | 'release'
  | 'promptName'
  | 'promptVersion'
  | 'tags'
  | 'metadata'
>;

/** Fields of a trace; `spans` come roots first, and the first that has a field decides it. */
export function traceFields(spans: readonly SpanReading[]): TraceFields {
  const prompt = linkedPrompt(spans);
  const metadata = mergedMetadata(spans);
  const named = (name: Field, ...keys: readonly string[]): string | null =>
    firstField(spans, name) ?? stringOf(pick(metadata, ...keys) ?? null);
  const root = spans[0];
  const project = named('project');
  return {
    name: firstField(spans, 'traceName') ?? (root === undefined ? null : rootName(root)),
    project: project?.startsWith('unknown_service') ? null : project,
    tenant: firstTenant(spans, metadata),
    user: named('user', 'user_id', 'userId', 'user'),
    session: named('session', 'session_id', 'sessionId', 'thread_id', 'conversation_id'),
    environment: named('environment', 'environment', 'env'),
    release: named('release', 'release', 'revision_id', 'version'),
    promptName: firstField(spans, 'promptName') ?? prompt.name,
    promptVersion: firstField(spans, 'promptVersion') ?? prompt.version,
    tags: firstTags(spans),
    metadata,
  };
}

/** Tags from a list, its JSON text, or a comma-joined text. */
export function tagsOf(value: Json): string[] {
  const parsed = structured(value);
  if (isList(parsed)) return parsed.filter((tag) => typeof tag === 'string');
  if (typeof parsed !== 'string') return [];
  return parsed
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** The tenant an object names under any of the usual keys. */
function tenantIn(record: JsonObject): string | null {
  for (const key of TENANT_KEYS) {
    const value = stringOf(record[key] ?? null);
    if (value !== null) return value;
  }
  return null;
}

const MAX_METADATA = 200;

function firstField(spans: readonly SpanReading[], name: Field): string | null {
  for (const { attributes } of spans) {
    const value = stringOf(field(attributes, name) ?? null);
    if (value !== null) return unquoted(value);
  }
  return resourceField(spans, name);
}

/** Spans of one process share their resource: each resource is read once. */
function resourceField(spans: readonly SpanReading[], name: Field): string | null {
  let before: JsonObject | null = null;
  for (const { raw } of spans) {
    if (raw.resource === before) continue;
    before = raw.resource;
    const value = stringOf(fieldOn(raw.resource, name) ?? null);
    if (value !== null) return value;
  }
  return null;
}

const unquoted = (text: string): string =>
  text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;

function rootName(root: SpanReading): string | null {
  return stringOf(field(root.attributes, 'callerName') ?? null) ?? (root.span.name || null);
}

function firstTenant(spans: readonly SpanReading[], metadata: JsonObject): string | null {
  for (const { raw } of spans) {
    const tenant = tenantIn(raw.attributes);
    if (tenant !== null) return tenant;
  }
  const named = tenantIn(metadata);
  if (named !== null) return named;
  for (const { raw } of spans) {
    const tenant = tenantIn(raw.resource);
    if (tenant !== null) return tenant;
  }
  return null;
}

function mergedMetadata(spans: readonly SpanReading[]): JsonObject {
  const merged: Record<string, Json> = {};
  let size = 0;
  for (const { attributes } of spans) {
    for (const key in attributes.metadata) {
      if (key in merged || size >= MAX_METADATA) continue;
      merged[key] = attributes.metadata[key] ?? null;
      size++;
    }
  }
  return merged;
}

function firstTags(spans: readonly SpanReading[]): readonly string[] {
  for (const { attributes } of spans) {
    const value = field(attributes, 'tags');
    if (value === undefined) continue;
    const tags = tagsOf(value);
    if (tags.length > 0) return tags;
  }
  return [];
}

/** AI SDK's link to Langfuse and MLflow's list of prompts hold name and version as JSON. */
function linkedPrompt(spans: readonly SpanReading[]): {
  name: string | null;
  version: string | null;
} {
  for (const { attributes } of spans) {
    const link = promptIn(attributes);
    if (link !== null) {
      return {
        name: stringOf(link['name'] ?? null),
        version: stringOf(link['version'] ?? null),
      };
    }
  }
  return { name: null, version: null };
}

function promptIn(attributes: AttributeReading): JsonObject | null {
  const value = field(attributes, 'promptLink');
  if (value === undefined) return null;
  const parsed = structured(value);
  const first = isList(parsed) ? parsed[0] : parsed;
  return isRecord(first) ? first : null;
}
