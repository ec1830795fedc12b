import type { Json, JsonObject } from '../../contract/json.ts';
import type { Message, Score, ToolDefinition } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { recordOf, stringOf, structured } from '../json/json-value.ts';
import { messagesOf, readMessages } from '../message/message.ts';
import { roleOf } from '../message/message-role.ts';
import { textMessage } from '../message/text-message.ts';
import { toolDefinitionsOf } from '../message/tool-definition.ts';
import type { RawConversation, RawRecord } from '../record.ts';
import type { ColumnRole, ColumnRoles, Columns, RowLayout } from './column-map.ts';
import { type Exchange, exchangeConversation, exchangeIn } from './exchange.ts';
import { rowSpans, spansOfRow } from './row-spans.ts';
import { namedScore, scoresOf } from './score.ts';
import { scoreColumn } from './score-column.ts';
import { typedParts } from './typed-parts.ts';

/**
 * A row of a table or a line of JSON whose columns are known by their names or by `--map`; its columns may hold the
 * request and the response of a model call. Null when no column is an input, an output, messages or a body.
 */
export function readRow(received: JsonObject, roles: ColumnRoles): readonly RawRecord[] | null {
  const row = roles.paths.length === 0 ? received : withPaths(received, roles.paths);
  roles.note(row);
  const exchange = exchangeIn(row);
  const spans = rowSpans(row['spans']);
  const layout = roles.layoutOf(row);
  const columns = columnsOf(row, layout, exchange?.keys ?? NO_KEYS);
  const at = (role: ColumnRole): Json | undefined => {
    const column = columns[role];
    return column === undefined ? undefined : row[column];
  };
  const held = at('messages');
  const read =
    exchange === null && held !== undefined ? readMessages(structured(held), 'user') : null;
  const messages = read?.messages ?? NO_MESSAGES;
  const input = inputOf(row, at('input'), columns.input);
  const output = at('output');
  const askedParts = typedParts(input, 'input');
  const answeredParts = typedParts(output, 'output');
  const asked = askedParts?.messages ?? turnsIn(input);
  const answered = answeredParts?.messages ?? turnsIn(output);
  const isBare = messages.length === 0 && isEmpty(input) && isEmpty(output);
  if (isBare && exchange === null && spans.length === 0 && !hasContentColumn(layout)) {
    return null;
  }

  const outputText = answeredParts === null ? plainText(output, answered) : null;
  const { fields, scores } = otherColumns(row, columns, exchange, layout);
  const offered = at('tools') ?? toolsBeside(row);
  const tools = offered === undefined ? NO_TOOLS : toolDefinitionsOf(structured(offered));
  const whole =
    exchange === null ? null : exchangeConversation(exchange.request, exchange.response, fields);
  const spoken =
    whole === null
      ? messages.length > 0
        ? messages
        : asked.length + answered.length > 0
          ? [...asked, ...answered]
          : NO_MESSAGES
      : [
          ...turnsOr(exchange?.request, input, asked, 'user'),
          ...whole.messages,
          ...turnsOr(exchange?.response, output, answered, 'assistant'),
        ];
  const conversation: RawConversation = {
    id: idOf(at('trace_id')) ?? (whole === null ? null : (idOf(row['key']) ?? whole.id)),
    messages: withAnswer(withSystem(row, spoken), outputText),
    input:
      askedParts === null && (whole === null || exchange?.request === null)
        ? plainText(input, asked)
        : null,
    output: whole === null || exchange?.response === null ? outputText : null,
    tools: tools.length > 0 ? tools : (whole?.tools ?? []),
    scores,
    fields: whole?.fields ?? fields,
    unknown: joined(
      whole?.unknown ?? read?.unknown ?? NO_PATHS,
      askedParts?.unknown ?? NO_PATHS,
      answeredParts?.unknown ?? NO_PATHS,
    ),
  };
  if (spans.length > 0) return spansOfRow(conversation, spans);
  return [{ kind: 'conversation', conversation }];
}

const joined = (...lists: readonly (readonly string[])[]): readonly string[] =>
  lists.every((list) => list.length === 0) ? NO_PATHS : lists.flat();

/** A row with the values at nested keys as columns of their own. */
function withPaths(row: JsonObject, paths: readonly string[]): JsonObject {
  const out: Record<string, Json | undefined> = { ...row };
  for (const path of paths) {
    if (path in row) continue;
    let value: Json | undefined = row;
    for (const key of path.split('.')) {
      const held: Json = structured(value ?? null);
      value = isList(held) ? held.at(Number(key)) : isRecord(held) ? held[key] : undefined;
    }
    if (value !== undefined) out[path] = value;
  }
  return out;
}

function otherColumns(
  row: JsonObject,
  columns: Columns,
  exchange: Exchange | null,
  { keys, guesses, scores: meanings, isReason }: RowLayout,
): { readonly fields: JsonObject; readonly scores: Score[] } {
  const held = columns.scores === undefined ? undefined : row[columns.scores];
  const scores: Score[] = held === undefined ? [] : scoresOf(structured(held));
  const { feedback } = columns;
  if (feedback !== undefined) {
    // A column named `score` may come from any annotator.
    const annotator = feedback.toLowerCase() === 'score' ? 'unknown' : 'human';
    const score = namedScore(feedback, structured(row[feedback] ?? null), annotator);
    if (score) scores.push(score);
  }
  const fields: Record<string, Json> = {};
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]!;
    const value = row[key];
    if (value === undefined || value === null || exchange?.keys.includes(key)) continue;
    const role = guesses[at]?.role;
    if (role !== undefined && columns[role] === key) {
      if (role === 'user' && isSentence(value)) fields['user_text'] = value;
      else if (!CONSUMED.has(role)) fields[role] = value;
      continue;
    }
    const meaning = meanings[at]!;
    const score = meaning === null ? null : scoreColumn(key, value, row, meaning);
    if (score) scores.push(score);
    else if (isReason[at] !== true && !SYSTEM_KEYS.has(key)) fields[key] = value;
  }
  return { fields, scores };
}

/** `instruction` and `input` of Alpaca files are one request; a `user` that holds a sentence is no user id. */
function inputOf(
  row: JsonObject,
  input: Json | undefined,
  column: string | undefined,
): Json | undefined {
  const { instruction, user } = row;
  if (typeof instruction === 'string' && column !== 'instruction' && typeof input !== 'object') {
    return isEmpty(input) ? instruction : `${instruction}\n\n${input}`;
  }
  return isEmpty(input) && isSentence(user ?? null) ? user : input;
}

const isSentence = (value: Json): boolean =>
  typeof value === 'string' &&
  (value.trim().split(/\s+/, 4).length > 3 || /\s.{0,200}[.?!]$/.test(value));

const SYSTEM_KEYS: ReadonlySet<string> = new Set(['system', 'system_prompt', 'systemPrompt']);

function withSystem(row: JsonObject, messages: readonly Message[]): readonly Message[] {
  if (messages.length === 0 || messages.some(({ role }) => role === 'system')) return messages;
  for (const key of SYSTEM_KEYS) {
    const text = stringOf(row[key]);
    if (text !== null) return [textMessage('system', text), ...messages];
  }
  return messages;
}

/** Logs keep the answer beside the messages that it answers. */
function withAnswer(messages: readonly Message[], output: string | null): readonly Message[] {
  const isAsked = messages.length > 0 && messages.every(({ role }) => role !== 'assistant');
  if (!isAsked || output === null || output === '') return messages;
  return [...messages, textMessage('assistant', output)];
}

const TOOL_HOLDERS = [
  'metadata',
  'model_parameters',
  'invocation_params',
  'parameters',
  'optional_params',
  'config',
];

function toolsBeside(row: JsonObject): Json | undefined {
  for (const key of TOOL_HOLDERS) {
    const held = row[key];
    if (held === undefined || held === null || typeof held === 'number') continue;
    if (typeof held === 'string' && !held.includes('"tools"')) continue;
    const { tools } = recordOf(held);
    if (isList(tools)) return tools;
  }
  return undefined;
}

/** The turns of a plain column on the side that no body covers. */
function turnsOr(
  body: Json | undefined,
  value: Json | undefined,
  held: readonly Message[],
  role: 'user' | 'assistant',
): readonly Message[] {
  if (body !== null && body !== undefined) return [];
  if (held.length > 0) return held;
  const text = plainText(value, held);
  return text === null || text === '' ? [] : [textMessage(role, text)];
}

const CONSUMED: ReadonlySet<ColumnRole> = new Set<ColumnRole>([
  'trace_id',
  'input',
  'output',
  'messages',
  'tools',
  'scores',
  'feedback',
]);

const EMPTY = 1000;

/** The most certain column for each role, filled ones before empty ones. */
function columnsOf(row: JsonObject, layout: RowLayout, taken: readonly string[]): Columns {
  const { keys, guesses } = layout;
  if (layout.columns !== null && taken.length === 0 && !hasNull(row, keys)) return layout.columns;
  const columns: Columns = {};
  const ranks: Partial<Record<ColumnRole, number>> = {};
  for (const [at, key] of keys.entries()) {
    const guess = guesses[at]!;
    if (guess === null || row[key] === null || taken.includes(key)) continue;
    const rank = row[key] === '' ? guess.rank + EMPTY : guess.rank;
    const best = ranks[guess.role];
    if (best !== undefined && best <= rank) continue;
    ranks[guess.role] = rank;
    columns[guess.role] = key;
  }
  return columns;
}

const NO_KEYS: readonly string[] = [];

function hasNull(row: JsonObject, keys: readonly string[]): boolean {
  for (let at = 0; at < keys.length; at++) if (row[keys[at]!] === null) return true;
  return false;
}

/** Input and output may themselves hold messages: `{"messages": […]}`, `[{"role": …}]`. */
function turnsIn(value: Json | undefined): readonly Message[] {
  if (value === undefined || (typeof value === 'string' && !mayHoldMessages(value)))
    return NO_MESSAGES;
  const parsed = structured(value);
  return holdsMessages(parsed) ? messagesOf(parsed) : NO_MESSAGES;
}

const NO_MESSAGES: readonly Message[] = [];
const NO_TOOLS: readonly ToolDefinition[] = [];
const NO_PATHS: readonly string[] = [];

/** JSON, with a key of messages near its beginning. */
function mayHoldMessages(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first !== 0x5b && first !== 0x7b && first > 0x20) return false;
  return MESSAGE_KEY.test(text.slice(0, 300));
}

const MESSAGE_KEY = /"(?:role|type|messages|choices)"/;

function holdsMessages(value: Json): boolean {
  if (isList(value)) return isRecord(value[0]) && roleOf(value[0]) !== null;
  return isRecord(value) && ('messages' in value || 'role' in value || 'choices' in value);
}

/** @param held the messages in it, if any: then it is no text. */
function plainText(value: Json | undefined, held: readonly Message[]): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return held.length > 0 ? null : value;
  if (holdsMessages(value)) return null;
  if (isRecord(value)) {
    const values = Object.values(value);
    if (values.length === 0) return null;
    const only = values.length === 1 ? stringOf(values[0]) : null;
    if (only !== null) return only;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** An empty row in a table of traces is a trace with gaps. */
const hasContentColumn = ({ guesses }: RowLayout): boolean =>
  guesses.some((guess) => guess !== null && CONTENT.has(guess.role));

const CONTENT: ReadonlySet<ColumnRole> = new Set<ColumnRole>(['input', 'output', 'messages']);

function idOf(value: Json | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '';
}
