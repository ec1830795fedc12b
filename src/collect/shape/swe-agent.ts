import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf } from '../json/json-value.ts';
import type { RawRecord } from '../record.ts';
import { recordsIn, runRecord, type Turn, turnsOf } from './run.ts';
import type { Shape } from './shape.ts';

/** A `.traj` of SWE-agent: the history is the conversation, results come back in the user role. */
const sweAgent: Shape = {
  format: 'swe-agent-trajectory',
  clues: ['trajectory'],
  matches: (value) =>
    isList(value['trajectory']) && (isList(value['history']) || isRecord(value['info'])),
  read: (value) => [
    record(value, isList(value['history']) ? historyTurns(value) : stepTurns(value)),
  ],
};

/** A trajectory of mini-swe-agent. */
const mini: Shape = {
  format: 'mini-swe-agent-trajectory',
  clues: ['info'],
  matches: (value) =>
    isList(value['messages']) && 'exit_status' in recordOf(value['info']) && !('input' in value),
  read: (value) => [
    record(value, turnsOf(recordsIn(value['messages']).filter(({ role }) => role !== 'exit'))),
  ],
};

export const sweAgentShapes: readonly Shape[] = [sweAgent, mini];

function record(value: JsonObject, turns: readonly Turn[]): RawRecord {
  const info = recordOf(value['info']);
  const stats = recordOf(info['model_stats']);
  const exit = stringOf(info['exit_status']);
  const isDone = exit === null || /^submitted/i.test(exit);
  const model = recordOf(recordOf(info['config'])['model']);
  return runRecord(stringOf(pick(value, 'instance_id', 'id')), turns, {
    model: pick(model, 'model_name', 'name'),
    input_tokens: numberOf(stats['tokens_sent']),
    output_tokens: numberOf(stats['tokens_received']),
    cost: numberOf(stats['instance_cost']),
    error: isDone ? null : { type: exit, message: `the run ended with ${exit}` },
    metadata: { exit_status: exit, environment: value['environment'] ?? null },
  });
}

/** The first user message is the task; later ones are observations. Demonstrations are no part of the run. */
function historyTurns(value: JsonObject): Turn[] {
  let seen = 0;
  let calls = 0;
  return recordsIn(value['history']).flatMap((entry): Turn[] => {
    if (entry['is_demo'] === true || entry['message_type'] === 'demonstration') return [];
    if (entry['role'] === 'assistant') return [{ message: withAction(entry, ++calls) }];
    if (entry['role'] !== 'user') return [{ message: entry }];
    const isTask = seen++ === 0 && calls === 0;
    if (isTask) return [{ message: entry }];
    return [{ message: { ...entry, role: 'tool', tool_call_id: `action-${calls}` } }];
  });
}

/** Commands are text; as calls of a shell they can be followed like any tool's. */
function withAction(entry: JsonObject, nth: number): Json {
  const action = stringOf(entry['action']);
  if (action === null || (isList(entry['tool_calls']) && entry['tool_calls'].length > 0))
    return entry;
  const call = { id: `action-${nth}`, name: 'shell', arguments: { command: action.trim() } };
  return { role: 'assistant', content: entry['content'] ?? '', tool_calls: [call] };
}

function stepTurns(value: JsonObject): Turn[] {
  return recordsIn(value['trajectory']).flatMap((step, at): Turn[] => [
    {
      message: withAction(
        { content: pick(step, 'response', 'thought') ?? '', action: step['action'] },
        at + 1,
      ),
    },
    {
      message: {
        role: 'tool',
        tool_call_id: `action-${at + 1}`,
        content: step['observation'] ?? '',
      },
    },
  ]);
}
