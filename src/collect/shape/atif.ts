import type { Json, JsonObject } from '../../contract/json.ts';
import { isList } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf } from '../json/json-value.ts';
import type { RawCall } from '../record.ts';
import { recordsIn, runRecord, type Turn } from './run.ts';
import type { Shape } from './shape.ts';
import { timeOf } from './time.ts';

/** A trajectory in the Agent Trajectory Interchange Format of Harbor. */
export const atifShape: Shape = {
  format: 'atif-trajectory',
  clues: ['schema_version'],
  matches: (value) =>
    stringOf(value['schema_version'])?.startsWith('ATIF') === true && isList(value['steps']),
  read: (value) => {
    const agent = recordOf(value['agent']);
    const totals = recordOf(value['final_metrics']);
    const steps = recordsIn(value['steps']);
    const times = steps.flatMap((step) => timeOf(step['timestamp']) ?? []);
    const isCounted = steps.some((step) => 'metrics' in step && step['metrics'] !== null);
    return [
      runRecord(stringOf(pick(value, 'trajectory_id', 'session_id')), steps.flatMap(turnsOfStep), {
        session: value['session_id'],
        model: agent['model_name'],
        name: agent['name'],
        release: agent['version'],
        timestamp: times[0],
        end_time: times.at(-1),
        cost: isCounted ? null : numberOf(totals['total_cost_usd']),
        input_tokens: isCounted ? null : numberOf(totals['total_prompt_tokens']),
        output_tokens: isCounted ? null : numberOf(totals['total_completion_tokens']),
      }),
    ];
  },
};

const ROLES: Readonly<Record<string, string>> = {
  user: 'user',
  agent: 'assistant',
  system: 'system',
};

function turnsOfStep(step: JsonObject): Turn[] {
  const role = ROLES[stringOf(step['source']) ?? ''] ?? 'user';
  const message: Json = {
    role,
    content: step['message'] ?? '',
    tool_calls: step['tool_calls'] ?? null,
  };
  const results = recordsIn(recordOf(step['observation'])['results']).map(
    (result): Turn => ({
      message: {
        role: 'tool',
        tool_call_id: result['source_call_id'],
        content: result['content'] ?? '',
        is_error: recordOf(result['extra'])['is_error'] ?? false,
      },
    }),
  );
  return [role === 'assistant' ? { message, call: callOf(step) } : { message }, ...results];
}

function callOf(step: JsonObject): RawCall {
  const metrics = recordOf(step['metrics']);
  return {
    model: stringOf(step['model_name']),
    usage: metrics,
    cost: numberOf(metrics['cost_usd']),
    time: timeOf(step['timestamp']),
  };
}
