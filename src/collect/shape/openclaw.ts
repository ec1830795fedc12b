import type { Json, JsonObject } from '../../contract/json.ts';
import { isRecord } from '../../text/json.ts';
import { numberOf, recordOf, stringOf } from '../json/json-value.ts';
import type { RawCall, RawRecord } from '../record.ts';
import { recordsIn, runRecord, type Turn } from './run.ts';
import type { Shape } from './shape.ts';
import { timeOf } from './time.ts';

const NOTES: ReadonlySet<string> = new Set([
  'model_change',
  'thinking_level_change',
  'compaction',
  'branch_summary',
  'custom',
  'custom_message',
  'label',
  'session_info',
]);

/** A line of a session of OpenClaw or of the Pi coding agent, on which it is built. One trace for each session. */
export const openClawShape: Shape = {
  format: 'openclaw-session',
  clues: ['parentId', 'cwd'],
  matches: ({ type, message, parentId, cwd, id }) => {
    if (type === 'session') return typeof cwd === 'string' && typeof id === 'string';
    if (typeof type !== 'string' || parentId === undefined) return false;
    return type === 'message' ? isRecord(message) && 'role' in message : NOTES.has(type);
  },
  read: (value, { gather, file }) => {
    gather(`openclaw:${file}`, value, sessions);
    return [];
  },
};

function sessions(lines: readonly JsonObject[]): readonly RawRecord[] {
  const starts = lines.flatMap(({ type }, at) => (type === 'session' ? [at] : []));
  if (starts[0] !== 0) starts.unshift(0);
  return starts.map((start, nth) => sessionRecord(lines.slice(start, starts[nth + 1])));
}

function sessionRecord(lines: readonly JsonObject[]): RawRecord {
  const meta = lines[0]?.['type'] === 'session' ? lines[0] : {};
  const messages = lines
    .filter(({ type }) => type === 'message')
    .map((line) => recordOf(line['message']));
  const times = lines.flatMap((line) => timeOf(line['timestamp']) ?? []);
  const last = messages.findLast(({ role }) => role === 'assistant');
  return runRecord(stringOf(meta['id']), messages.filter(isSaid).map(turnOf), {
    session: meta['id'],
    timestamp: times[0],
    end_time: times.at(-1),
    error: last?.['stopReason'] === 'error' ? (last['errorMessage'] ?? 'error') : null,
    metadata: { cwd: meta['cwd'] ?? null },
  });
}

/** A call of the model that failed before it said anything is tried again. */
const isSaid = ({ stopReason, content }: JsonObject): boolean =>
  stopReason !== 'error' || (Array.isArray(content) && content.length > 0);

function turnOf(message: JsonObject): Turn {
  const { role } = message;
  if (role === 'toolResult')
    return {
      message: {
        role: 'tool',
        tool_call_id: message['toolCallId'],
        name: message['toolName'],
        content: message['content'],
        is_error: message['isError'] === true,
      },
    };
  if (role !== 'assistant') return { message };
  return {
    message: { role, content: recordsIn(message['content']).map(partOf) },
    call: callOf(message),
  };
}

const partOf = (part: JsonObject): Json =>
  part['type'] === 'toolCall' ? { ...part, type: 'tool_call' } : part;

function callOf(message: JsonObject): RawCall {
  const usage = recordOf(message['usage']);
  const count = (key: string): number => numberOf(usage[key]) ?? 0;
  const input = count('input') + count('cacheRead') + count('cacheWrite');
  const { stopReason } = message;
  return {
    model: stringOf(message['model']),
    finishReason: (stopReason === 'toolUse' ? 'tool_calls' : stopReason) ?? null,
    usage:
      input + count('output') === 0
        ? null
        : {
            input_tokens: input,
            output_tokens: count('output'),
            cached_tokens: count('cacheRead'),
          },
    cost: numberOf(recordOf(usage['cost'])['total']),
    time: timeOf(message['timestamp']),
  };
}
