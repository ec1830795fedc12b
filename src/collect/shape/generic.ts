import type { Json, JsonObject } from '../../contract/json.ts';
import type { Message, Score } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, stringOf, structured } from '../json/json-value.ts';
import { messagesOf } from '../message/message.ts';
import { toolDefinitionsOf } from '../message/tool-definition.ts';
import type { RawConversation, RawRecord } from '../record.ts';
import type { ColumnRole, ColumnRoles } from './column-map.ts';
import { rowSpans, spansOfRow } from './row-spans.ts';
import { namedScore, scoresOf } from './score.ts';

/**
 * A row of a table or a line of JSON whose columns are known by their names or by `--map`.
 * Null when no column is an input, an output or messages.
 */
export function readRow(row: JsonObject, roles: ColumnRoles): readonly RawRecord[] | null {
  const columns = columnsOf(row, roles);
  const at = (role: ColumnRole): Json | undefined => {
    const column = columns[role];
    return column === undefined ? undefined : row[column];
  };
  const listed = chatForm(structured(at('messages') ?? null));
  const messages = messagesOf(listed);
  const input = at('input');
  const output = at('output');
  if (messages.length === 0 && isEmpty(input) && isEmpty(output) && !hasContentColumn(row, roles)) {
    return null;
  }

  const scores: Score[] = scoresOf(structured(at('scores') ?? null));
  const feedback = columns.feedback;
  if (feedback !== undefined) {
    // A column named `score` may come from any annotator.
    const annotator = feedback.toLowerCase() === 'score' ? 'unknown' : 'human';
    const score = namedScore(feedback, structured(row[feedback] ?? null), annotator);
    if (score) scores.push(score);
  }
  const fields: Record<string, Json> = {};
  for (const key in row) {
    const value = row[key];
    if (value === undefined || value === null) continue;
    const role = roles.of(key)?.role;
    if (role === undefined || columns[role] !== key) {
      const score = scoreColumn(key, value);
      if (score) scores.push(score);
      else fields[key] = value;
    } else if (!CONSUMED.has(role)) fields[role] = value;
  }
  const tools = at('tools');
  const conversation: RawConversation = {
    id: idOf(at('trace_id')),
    messages: messages.length > 0 ? messages : turns(input, output),
    input: plainText(input),
    output: plainText(output),
    tools: tools === undefined ? [] : toolDefinitionsOf(structured(tools)),
    scores,
    fields,
    ...toolErrorsOf(listed, messages),
  };
  const spans = rowSpans(row['spans']);
  if (spans.length > 0) return spansOfRow(conversation, spans);
  return [{ kind: 'conversation', conversation }];
}

/** ShareGPT turns, `{from: 'human', value}`, as chat messages; the `error` of a tool message becomes its content. */
function chatForm(value: Json): Json {
  if (!isList(value)) return value;
  if (!isRecord(value[0]) || !('from' in value[0])) {
    if (!value.some((item) => toolError(item) !== null)) return value;
    return value.map((item) => {
      const error = toolError(item);
      return error === null || !isRecord(item) || stringOf(item['content']) !== null
        ? item
        : { ...item, content: error };
    });
  }
  return value.filter(isRecord).map((turn) => {
    const from = stringOf(turn['from']) ?? '';
    return { role: ROLES[from] ?? from, content: turn['value'] };
  });
}

function toolError(item: Json): string | null {
  return isRecord(item) && item['role'] === 'tool' ? stringOf(item['error']) : null;
}

/** Each tool message is read as one, so the nth in the list is the nth read. */
function toolErrorsOf(
  listed: Json,
  messages: readonly Message[],
): Pick<RawConversation, 'toolErrors'> {
  if (!isList(listed) || !listed.some((item) => toolError(item) !== null)) return {};
  const toolItems = listed.filter((item) => isRecord(item) && item['role'] === 'tool');
  const read = messages.flatMap((message, index) => (message.role === 'tool' ? [index] : []));
  if (toolItems.length !== read.length) return {};
  const errors = new Map<number, string>();
  for (const [nth, item] of toolItems.entries()) {
    const error = toolError(item);
    if (error !== null) errors.set(read[nth] as number, error);
  }
  return { toolErrors: errors };
}

const ROLES: Readonly<Record<string, string>> = {
  human: 'user',
  gpt: 'assistant',
  chatgpt: 'assistant',
  bot: 'assistant',
  function_response: 'tool',
  observation: 'tool',
};

const CONSUMED: ReadonlySet<ColumnRole> = new Set<ColumnRole>([
  'trace_id',
  'input',
  'output',
  'messages',
  'tools',
  'scores',
  'feedback',
]);

type Columns = Partial<Record<ColumnRole, string>>;

const EMPTY = 1000;

/** The most certain column for each role, filled ones before empty ones. */
function columnsOf(row: JsonObject, roles: ColumnRoles): Columns {
  const columns: Columns = {};
  const ranks: Partial<Record<ColumnRole, number>> = {};
  for (const key in row) {
    const guess = roles.of(key);
    if (guess === null || row[key] === null) continue;
    const rank = row[key] === '' ? guess.rank + EMPTY : guess.rank;
    const best = ranks[guess.role];
    if (best !== undefined && best <= rank) continue;
    ranks[guess.role] = rank;
    columns[guess.role] = key;
  }
  return columns;
}

const SCORE_PREFIXES = ['score.', 'scores.', 'score_', 'eval.', 'evals.', 'feedback.'];

function scoreColumn(key: string, value: Json): Score | null {
  const prefix = SCORE_PREFIXES.find((start) => key.startsWith(start));
  if (prefix === undefined) return null;
  if (typeof value !== 'boolean' && numberOf(value) === null) return null;
  const name = key.slice(prefix.length).replace(/\.score$/, '');
  return namedScore(name, value, prefix.startsWith('feedback') ? 'human' : 'unknown');
}

/** Input and output may themselves hold messages: `{"messages": […]}`, `[{"role": …}]`. */
function turns(input: Json | undefined, output: Json | undefined): Message[] {
  return [...turnsIn(input), ...turnsIn(output)];
}

function turnsIn(value: Json | undefined): Message[] {
  if (value === undefined || (typeof value === 'string' && !value.includes('"role"'))) return [];
  const parsed = structured(value);
  return holdsMessages(parsed) ? messagesOf(parsed) : [];
}

function holdsMessages(value: Json): boolean {
  if (Array.isArray(value)) return isRecord(value[0]) && 'role' in value[0];
  return isRecord(value) && ('messages' in value || 'role' in value || 'choices' in value);
}

function plainText(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  if (holdsMessages(value)) return null;
  if (isRecord(value)) {
    const values = Object.values(value);
    const only = values.length === 1 ? stringOf(values[0]) : null;
    if (only !== null) return only;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** An empty row in a table of traces is a trace with gaps. */
function hasContentColumn(row: JsonObject, roles: ColumnRoles): boolean {
  return Object.keys(row).some((key) => {
    const role = roles.of(key)?.role;
    return role === 'input' || role === 'output' || role === 'messages';
  });
}

function idOf(value: Json | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '';
}
