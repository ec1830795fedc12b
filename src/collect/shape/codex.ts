import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf, structured, textOf } from '../json/json-value.ts';
import type { RawRecord } from '../record.ts';
import { runRecord, type Turn } from './run.ts';
import type { Shape } from './shape.ts';
import { timeOf } from './time.ts';

const ROLLOUT = ['session_meta', 'response_item', 'turn_context', 'event_msg', 'compacted'];

/** A line of a Codex rollout (`~/.codex/sessions/…/rollout-….jsonl`). One trace for each session. */
const rollout: Shape = {
  format: 'codex-session',
  clues: ['payload'],
  matches: (value) => isRecord(value['payload']) && ROLLOUT.includes(value['type'] as string),
  read: (value, { gather, file }) => {
    gather(`codex:${file}`, value, sessions);
    return [];
  },
};

/** A line of `codex exec --json`. */
const exec: Shape = {
  format: 'codex-exec',
  clues: ['type'],
  matches: (value) =>
    typeof value['type'] === 'string' &&
    /^(?:thread\.started|turn\.(?:started|completed|failed)|item\.(?:started|updated|completed))$/.test(
      value['type'],
    ) &&
    !('event_id' in value),
  read: (value, { gather, file }) => {
    gather(`codex-exec:${file}`, value, (lines) => [execRecord(lines)]);
    return [];
  },
};

export const codexShapes: readonly Shape[] = [rollout, exec];

function sessions(lines: readonly JsonObject[]): readonly RawRecord[] {
  const starts = lines.flatMap((line, at) => (line['type'] === 'session_meta' ? [at] : []));
  if (starts.length === 0 || starts[0] !== 0) starts.unshift(0);
  return starts.map((start, nth) => sessionRecord(lines.slice(start, starts[nth + 1])));
}

function sessionRecord(lines: readonly JsonObject[]): RawRecord {
  const payloads = (type: string) =>
    lines.filter((line) => line['type'] === type).map((line) => recordOf(line['payload']));
  const meta = payloads('session_meta')[0] ?? {};
  const model = payloads('turn_context').findLast((each) => 'model' in each)?.['model'];
  const counts = payloads('event_msg').filter(({ type }) => type === 'token_count');
  const usage = counts.findLast(({ info }) => isRecord(info))?.['info'];
  const times = lines.flatMap((line) => timeOf(line['timestamp']) ?? []);
  const turns = payloads('response_item').map((item): Turn => ({ message: messageOf(item) }));
  const instructions = stringOf(
    pick(recordOf(meta['base_instructions']), 'text') ?? meta['instructions'],
  );
  if (instructions !== null) turns.unshift({ message: { role: 'system', content: instructions } });
  const error = payloads('event_msg').findLast(
    ({ type }) => type === 'error' || type === 'stream_error',
  );
  const done = payloads('event_msg').some(({ type }) => type === 'task_complete');
  return runRecord(stringOf(meta['id']), turns, {
    session: meta['id'],
    model,
    provider: meta['model_provider'],
    release: meta['cli_version'],
    usage: recordOf(usage)['total_token_usage'],
    timestamp: times[0],
    end_time: times.at(-1),
    error: done ? null : error?.['message'],
    metadata: { cwd: meta['cwd'] ?? null },
  });
}

/** Codex tells the model about its surroundings in the user role. */
const SURROUNDINGS =
  /^\s{0,4}(?:<environment_context>|<user_instructions>|<permissions|# AGENTS\.md|<INSTRUCTIONS>|<turn_aborted>)/;

function messageOf(item: JsonObject): Json {
  switch (item['type']) {
    case 'message': {
      const parts = isList(item['content']) ? item['content'] : [];
      const text = stringOf(recordOf(parts[0])['text']) ?? '';
      return item['role'] === 'user' && SURROUNDINGS.test(text)
        ? { ...item, role: 'system' }
        : item;
    }
    case 'custom_tool_call':
      return {
        type: 'function_call',
        name: item['name'],
        call_id: item['call_id'],
        arguments: item['input'],
      };
    case 'local_shell_call':
      return {
        type: 'function_call',
        name: 'shell',
        call_id: item['call_id'] ?? item['id'],
        arguments: item['action'],
      };
    case 'function_call_output':
    case 'custom_tool_call_output':
      return outputOf(item);
    default:
      return item;
  }
}

/** The output is text, or an object with the exit code of the command. */
function outputOf(item: JsonObject): Json {
  const output = structured(item['output'] ?? null);
  const call = { role: 'tool', tool_call_id: item['call_id'] };
  if (!isRecord(output)) {
    const exit = typeof output === 'string' ? EXIT.exec(output)?.[1] : undefined;
    return { ...call, content: textOf(output), is_error: exit !== undefined && exit !== '0' };
  }
  const exit = numberOf(recordOf(output['metadata'])['exit_code']) ?? 0;
  const text = output['output'] ?? output['content'] ?? output;
  return { ...call, content: textOf(text), is_error: exit !== 0 || output['success'] === false };
}

const EXIT = /^(?:Exit code:|Process exited with code) ?(-?\d{1,4})\b/m;

function execRecord(lines: readonly JsonObject[]): RawRecord {
  const id = stringOf(lines.find(({ type }) => type === 'thread.started')?.['thread_id']);
  const items = lines
    .filter(({ type }) => type === 'item.completed')
    .map((line) => recordOf(line['item']));
  const usages = lines
    .filter(({ type }) => type === 'turn.completed')
    .map((line) => recordOf(line['usage']));
  const failed = lines.find(({ type }) => type === 'turn.failed');
  const total = (key: string) =>
    usages.reduce((sum, usage) => sum + (numberOf(usage[key]) ?? 0), 0);
  return runRecord(id, items.flatMap(execTurns), {
    session: id,
    provider: 'openai',
    input_tokens: total('input_tokens'),
    cached_tokens: total('cached_input_tokens'),
    output_tokens: total('output_tokens'),
    error: failed?.['error'],
  });
}

function execTurns(item: JsonObject): Turn[] {
  const id = stringOf(item['id']) ?? '';
  const kind = item['type'] ?? item['item_type'];
  if (kind === 'agent_message' || kind === 'assistant_message') {
    return [{ message: { role: 'assistant', content: item['text'] ?? '' } }];
  }
  const called =
    kind === 'command_execution'
      ? {
          name: 'shell',
          arguments: { command: item['command'] ?? '' },
          result: item['aggregated_output'],
        }
      : kind === 'mcp_tool_call'
        ? { name: textOf(item['tool']), arguments: item['arguments'] ?? {}, result: item['result'] }
        : null;
  if (called === null) return [];
  const isError = item['status'] === 'failed' || (numberOf(item['exit_code']) ?? 0) !== 0;
  const call = { id, name: called.name, arguments: called.arguments };
  return [
    { message: { role: 'assistant', content: '', tool_calls: [call] } },
    {
      message: {
        role: 'tool',
        tool_call_id: id,
        content: textOf(called.result),
        is_error: isError,
      },
    },
  ];
}
