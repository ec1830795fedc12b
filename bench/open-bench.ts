import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Json, JsonObject } from '../src/contract/json.ts';
import type { Message, Span, ToolCall, Trace } from '../src/contract/trace.ts';
import { type Half, halfOf, taskOf } from './split.ts';

/** One trace of the open bench with its truth. */
export interface BenchTrace {
  readonly trace: Trace;
  readonly source: string;
  readonly half: Half;
  readonly failed: boolean;
  readonly labels: readonly string[];
  readonly primary: string | null;
  readonly rootCause: string | null;
  readonly detail: JsonObject;
}

interface GoldRow {
  readonly trace_id: string;
  readonly gold: {
    readonly failed: boolean;
    readonly labels: readonly string[];
    readonly primary?: string;
    readonly root_cause?: string;
    readonly detail: JsonObject;
  };
}

interface Row {
  readonly trace_id: string;
  readonly source: string;
  readonly model?: string;
  readonly prompt_version?: string;
  readonly tenant?: string;
  readonly input: string;
  readonly output: string;
  readonly messages: readonly RowMessage[];
  readonly tools?: readonly { name: string; description?: string; parameters?: JsonObject }[];
  readonly spans?: readonly RowSpan[];
  readonly retrieved?: readonly Json[];
  readonly status?: string;
}

interface RowMessage {
  readonly role: Message['role'];
  readonly content: string | null;
  readonly tool_calls?: readonly { id?: string; name: string; arguments: Json }[];
  readonly tool_call_id?: string;
  readonly name?: string;
}

interface RowSpan {
  readonly span_id: string;
  readonly parent_id?: string;
  readonly name: string;
  readonly status?: string;
}

/**
 * Reads the bench beside the repository (`../shared/bench/open.tgz`), or an unpacked `open` folder.
 * Null when it is not there: it is internal data that is not part of the repository.
 */
export function readOpenBench(folder?: string): readonly BenchTrace[] | null {
  const archive = resolve(import.meta.dirname, '../../shared/bench/open.tgz');
  const read = folder === undefined ? fromArchive(archive) : fromFolder(folder);
  if (read === null) return null;
  const gold = new Map(
    lines<GoldRow>(read('gold.jsonl.gz')).map((row) => [row.trace_id, row.gold]),
  );
  return lines<Row>(read('traces.jsonl.gz')).map((row) => {
    const truth = gold.get(row.trace_id);
    if (truth === undefined) throw new Error(`${row.trace_id} has no gold`);
    return {
      trace: traceOf(row),
      source: row.source,
      half: halfOf(row.source, taskOf(truth.detail, row.input)),
      failed: truth.failed,
      labels: truth.labels,
      primary: truth.primary ?? null,
      rootCause: truth.root_cause ?? null,
      detail: truth.detail,
    };
  });
}

function fromFolder(folder: string): (name: string) => Buffer {
  return (name) => readFileSync(join(folder, name));
}

function fromArchive(path: string): ((name: string) => Buffer) | null {
  if (!existsSync(path)) return null;
  const tar = gunzipSync(readFileSync(path));
  const files = new Map<string, Buffer>();
  for (let at = 0; at + 512 <= tar.length; ) {
    const name = text(tar, at, 100);
    if (name === '') break;
    const size = Number.parseInt(text(tar, at + 124, 12), 8) || 0;
    files.set(name.split('/').at(-1) ?? '', tar.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return (name) => {
    const file = files.get(name);
    if (file === undefined) throw new Error(`${path} holds no ${name}`);
    return file;
  };
}

const text = (bytes: Buffer, at: number, length: number): string =>
  bytes
    .toString('latin1', at, at + length)
    .split('\0')[0]
    ?.trim() ?? '';

const lines = <T>(bytes: Buffer): T[] =>
  gunzipSync(bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

function traceOf(row: Row): Trace {
  return {
    id: row.trace_id,
    name: null,
    project: null,
    tenant: row.tenant ?? null,
    user: null,
    session: null,
    environment: null,
    release: null,
    promptName: null,
    promptVersion: row.prompt_version ?? null,
    model: row.model ?? null,
    provider: null,
    tags: [],
    metadata: {},
    startTime: null,
    endTime: null,
    status: row.status === 'error' ? 'error' : row.status === 'ok' ? 'ok' : 'unset',
    error: null,
    input: row.input,
    output: row.output,
    messages: row.messages.map(messageOf),
    tools: (row.tools ?? []).map((tool) => ({
      name: tool.name,
      description: tool.description ?? '',
      parameters: tool.parameters ?? null,
    })),
    documents: (row.retrieved ?? []).map((document) => ({
      id: null,
      content: documentText(document),
      title: null,
      score: null,
      spanId: null,
    })),
    scores: [],
    usage: noUsage,
    spans: (row.spans ?? []).map(spanOf),
    gaps: [],
    origin: { file: 'open', format: 'bench', line: null },
  };
}

const documentText = (document: Json): string => {
  if (typeof document === 'string') return document;
  const content = typeof document === 'object' && document !== null && 'content' in document;
  return content ? String(document['content']) : JSON.stringify(document);
};

const messageOf = (message: RowMessage): Message => ({
  role: message.role,
  content: message.content ?? '',
  toolCalls: (message.tool_calls ?? []).map(
    (call): ToolCall => ({ id: call.id ?? null, name: call.name, arguments: call.arguments }),
  ),
  toolCallId: message.tool_call_id ?? null,
  name: message.name ?? null,
  spanId: null,
});

const noUsage = {
  inputTokens: null,
  outputTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
  cost: null,
};

const spanOf = (span: RowSpan): Span => ({
  id: span.span_id,
  parentId: span.parent_id ?? null,
  name: span.name,
  kind: 'other',
  startTime: null,
  endTime: null,
  status: span.status === 'Error' ? 'error' : 'unset',
  error: null,
  model: null,
  provider: null,
  input: '',
  output: '',
  toolCall: null,
  toolResult: null,
  documents: [],
  finishReason: null,
  usage: noUsage,
  usageIsAggregate: false,
  attributes: {},
});
