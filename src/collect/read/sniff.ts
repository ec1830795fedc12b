import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { byKeys } from '../json/by-keys.ts';
import { agentsSdkShape } from '../shape/agents-sdk.ts';
import { atifShape } from '../shape/atif.ts';
import { attributeMapShape } from '../shape/attribute-map.ts';
import { braintrustShape } from '../shape/braintrust.ts';
import { chatExportShapes } from '../shape/chat-export.ts';
import { claudeCodeShape } from '../shape/claude-code.ts';
import { clickhouseShapes } from '../shape/clickhouse.ts';
import { codexShapes } from '../shape/codex.ts';
import type { ColumnRole, ColumnRoles } from '../shape/column-map.ts';
import { deepevalShape } from '../shape/deepeval.ts';
import { exchangeIn } from '../shape/exchange.ts';
import { galileoShape } from '../shape/galileo.ts';
import { readRow } from '../shape/generic.ts';
import { heliconeShape } from '../shape/helicone.ts';
import { inspectShapes } from '../shape/inspect.ts';
import { jaegerShape } from '../shape/jaeger.ts';
import { langfuseShapes } from '../shape/langfuse.ts';
import { langsmithShapes } from '../shape/langsmith.ts';
import { lmEvalShape } from '../shape/lm-eval.ts';
import { logfireShape } from '../shape/logfire.ts';
import { mlflowShapes } from '../shape/mlflow.ts';
import { openaiShapes } from '../shape/openai.ts';
import { openaiEvalsShape } from '../shape/openai-evals.ts';
import { openClawShape } from '../shape/openclaw.ts';
import { opikShapes } from '../shape/opik.ts';
import { otlpShapes } from '../shape/otlp.ts';
import { phoenixShapes } from '../shape/phoenix.ts';
import { posthogShape } from '../shape/posthog.ts';
import { promptfooShapes } from '../shape/promptfoo.ts';
import { rowSpans, spanRowShape } from '../shape/row-spans.ts';
import type { Shape } from '../shape/shape.ts';
import { spanDumpShapes } from '../shape/span-dump.ts';
import { storedShape } from '../shape/stored.ts';
import { sweAgentShapes } from '../shape/swe-agent.ts';
import { tauBenchShapes } from '../shape/tau-bench.ts';
import { weaveShape } from '../shape/weave.ts';
import { zipkinShape } from '../shape/zipkin.ts';

/** Finds the objects in a value and the shape of each. */
export interface Sniffer {
  /**
   * A list gives its elements (but a list of chat messages is one conversation), a page such as
   * `{data: […], next_cursor}` its content, an object of unknown shape the objects of known shape in its
   * lists, or itself as a row.
   */
  objectsIn(value: Json): readonly Found[];
}

/** How to read an object, once its shape is known. */
export type RecognizedShape = Pick<Shape, 'format' | 'read'>;

type Found =
  | { readonly shape: RecognizedShape; readonly value: JsonObject }
  | { readonly shape: null; readonly value: Json };

/** @param mapped true when the user named columns: every object is then read as a row. */
export function sniffer(roles: ColumnRoles, mapped: boolean): Sniffer {
  const read: Shape['read'] = (value, { onProblem }) => {
    const records = readRow(value, roles);
    if (records !== null) return records;
    onProblem('unknown_shape', `no input, output or messages among ${keysOf(value)}`);
    return [];
  };
  const row: RecognizedShape = { format: 'rows', read };
  const chat: RecognizedShape = { format: 'chat', read };
  /** Nothing but a row has such keys. */
  const isRow = byKeys((value) => (mapped || !hasClue(value)) && hasContent(value, roles));
  const objectsIn = (value: Json): readonly Found[] => {
    if (isList(value)) {
      return isConversation(value)
        ? [{ shape: chat, value: { messages: value } }]
        : value.flatMap(objectsIn);
    }
    if (!isRecord(value)) return [{ shape: null, value }];
    const isPlain = isRow(value);
    const shape = mapped || isPlain ? undefined : shapeOf(value);
    if (shape !== undefined) return [{ shape, value }];
    const inner = isPlain ? null : wrappedIn(value, roles);
    return inner === null
      ? [{ shape: isChat(value) ? chat : row, value }]
      : inner.flatMap(objectsIn);
  };
  return { objectsIn };
}

function shapeOf(value: JsonObject): Shape | undefined {
  if (!hasClue(value)) return undefined;
  for (const shape of SHAPES) if (shape.matches(value)) return shape;
  return undefined;
}

function hasClue(value: JsonObject): boolean {
  for (const key in value) if (CLUES.has(key) || key.includes('.')) return true;
  return false;
}

/** Messages and little else: fine-tuning files, chat logs. */
function isChat(value: JsonObject): boolean {
  return (
    isList(value['messages'] ?? value['conversations']) && !('input' in value || 'output' in value)
  );
}

function isConversation(value: readonly Json[]): boolean {
  const first = value[0];
  return isRecord(first) && ('role' in first || 'from' in first) && !('messages' in first);
}

/** Tried in order: the first that matches reads the object. */
const SHAPES: readonly Shape[] = [
  storedShape,
  ...otlpShapes,
  jaegerShape,
  zipkinShape,
  ...langsmithShapes,
  ...langfuseShapes,
  ...mlflowShapes,
  ...phoenixShapes,
  ...spanDumpShapes,
  galileoShape,
  ...clickhouseShapes,
  logfireShape,
  braintrustShape,
  weaveShape,
  ...opikShapes,
  posthogShape,
  heliconeShape,
  agentsSdkShape,
  ...inspectShapes,
  ...promptfooShapes,
  deepevalShape,
  openaiEvalsShape,
  lmEvalShape,
  claudeCodeShape,
  ...codexShapes,
  openClawShape,
  ...sweAgentShapes,
  atifShape,
  ...tauBenchShapes,
  ...chatExportShapes,
  ...openaiShapes,
  spanRowShape,
  attributeMapShape,
];

const CLUES: ReadonlySet<string> = new Set(SHAPES.flatMap(({ clues }) => clues));

/** Keys under which tools and APIs wrap the list they return. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'data',
  'traces',
  'spans',
  'runs',
  'items',
  'results',
  'records',
  'rows',
  'scores',
]);

/** The objects a wrapper contains, from all of its lists; null when the object itself is to be read. */
function wrappedIn(value: JsonObject, roles: ColumnRoles): readonly JsonObject[] | null {
  if (hasContent(value, roles)) return null;
  const { trace, spans } = value;
  const listed = rowSpans(spans);
  if (listed.length > 0) {
    // A run with its spans; a page of spans names no run.
    if (isRecord(trace)) return [{ ...trace, spans: listed }];
    if (['trace_id', 'traceId', 'id'].some((key) => key in value)) return null;
  }
  if (exchangeIn(value) !== null) return null;
  const inner: JsonObject[] = [];
  const judgments: JsonObject[] = [];
  let isWrapper = false;
  for (const key in value) {
    const held = value[key];
    if (!isList(held) || !held.every(isRecord)) continue;
    const isKnown = WRAPPERS.has(key);
    if (!isKnown && !held.some((item) => isReadable(item, roles))) continue;
    isWrapper ||= isKnown || held.length > 0;
    const items = held.filter((item) => isKnown || isReadable(item, roles));
    // Rows are closed at once: their scores have to come first.
    for (const item of items) (JUDGMENTS.test(key) ? judgments : inner).push(item);
  }
  return isWrapper ? [...judgments, ...inner] : null;
}

const JUDGMENTS = /score|annotation|feedback|evaluation/i;

/** An object of a known shape, or a row that says what was asked or answered. */
function isReadable(item: JsonObject, roles: ColumnRoles): boolean {
  if (shapeOf(item) !== undefined) return true;
  const has = (role: ColumnRole): boolean =>
    Object.keys(item).some((key) => roles.of(key)?.role === role && item[key] !== null);
  return has('messages') || (has('input') && has('output')) || exchangeIn(item) !== null;
}

function hasContent(value: JsonObject, roles: ColumnRoles): boolean {
  for (const key in value) if (isContent(roles.of(key)?.role) && key !== 'results') return true;
  return false;
}

const isContent = (role: ColumnRole | undefined): boolean =>
  role === 'input' || role === 'output' || role === 'messages';

function keysOf(value: JsonObject): string {
  const keys = Object.keys(value);
  const shown = keys.slice(0, 12).map((key) => key.slice(0, 40));
  return `the keys ${shown.join(', ')}${keys.length > shown.length ? ', …' : ''}`;
}
