import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf, textOf } from '../json/json-value.ts';
import { toolDefinitionsOf } from '../message/tool-definition.ts';
import type { RawRecord } from '../record.ts';
import { judged, recordsIn, runRecord, turnsOf } from './run.ts';
import type { Shape } from './shape.ts';

/** A result of τ-bench: one run of one task. */
const tau: Shape = {
  format: 'tau-bench-result',
  clues: ['traj'],
  matches: (value) => isList(value['traj']) && 'reward' in value,
  read: (value) => [
    runRecord(
      idOf(value),
      turnsOf(value['traj']),
      { error: value['error'], metadata: { task_id: value['task_id'] ?? null } },
      { scores: rewards(value['reward'], null) },
    ),
  ],
};

/** `results.json` of τ²-bench: the runs, with the policy and the tools of their domain. */
const tau2: Shape = {
  format: 'tau2-bench-results',
  clues: ['simulations'],
  matches: (value) => recordsIn(value['simulations']).some(isSimulation),
  read: (value) => {
    const environment = recordOf(recordOf(value['info'])['environment_info']);
    return recordsIn(value['simulations']).map((each) => simulation(each, environment));
  },
};

const tau2Simulation: Shape = {
  format: 'tau2-bench-simulation',
  clues: ['reward_info', 'termination_reason'],
  matches: isSimulation,
  read: (value) => [simulation(value, {})],
};

export const tauBenchShapes: readonly Shape[] = [tau, tau2, tau2Simulation];

function isSimulation(value: JsonObject): boolean {
  return (
    isList(value['messages']) && (isRecord(value['reward_info']) || 'termination_reason' in value)
  );
}

const idOf = (value: JsonObject): string =>
  `${textOf(value['task_id'])}${value['trial'] === undefined ? '' : `:${textOf(value['trial'])}`}`;

/** What a simulated user does with tools of its own is not the assistant's work. */
const isOfUser = (message: JsonObject): boolean =>
  message['role'] === 'tool' && message['requestor'] === 'user';

function simulation(value: JsonObject, environment: JsonObject): RawRecord {
  const messages = recordsIn(value['messages']).filter((message) => !isOfUser(message));
  const policy = stringOf(environment['policy']);
  const hasSystem = messages.some(({ role }) => role === 'system');
  const system: Json[] = policy === null || hasSystem ? [] : [{ role: 'system', content: policy }];
  const ended = stringOf(value['termination_reason']);
  const info = recordOf(value['reward_info']);
  return runRecord(
    stringOf(value['id']) ?? idOf(value),
    turnsOf([...system, ...messages.map(withoutUserCalls)]),
    {
      timestamp: pick(value, 'start_time', 'timestamp'),
      end_time: value['end_time'],
      duration_s: numberOf(value['duration']),
      cost: numberOf(value['agent_cost']),
      metadata: { task_id: value['task_id'] ?? null, termination_reason: ended },
    },
    {
      scores: rewards(info['reward'], ended),
      tools: toolDefinitionsOf(environment['tool_defs'] ?? null),
    },
  );
}

function withoutUserCalls(message: JsonObject): JsonObject {
  if (message['role'] !== 'user' || !isList(message['tool_calls'])) return message;
  return { ...message, tool_calls: null };
}

function rewards(value: Json | undefined, why: string | null) {
  const reward = numberOf(value);
  return reward === null ? [] : [judged('reward', reward, null, why, 'code')];
}
