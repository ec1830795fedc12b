import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { recordOf, stringOf } from '../json/json-value.ts';
import type { RawCall, RawRecord } from '../record.ts';
import { runRecord, type Turn } from './run.ts';
import type { Shape } from './shape.ts';
import { timeOf } from './time.ts';

/** A line of a Claude Code session (`~/.claude/projects/…/SESSION.jsonl`). One trace for each session and subagent. */
export const claudeCodeShape: Shape = {
  format: 'claude-code-session',
  clues: ['sessionId', 'messageId', 'leafUuid'],
  matches: (value) =>
    typeof value['type'] === 'string' &&
    (('sessionId' in value && ('uuid' in value || isRecord(value['message']) || isNote(value))) ||
      isNote(value)),
  read: (value, { gather }) => {
    const session = stringOf(value['sessionId']);
    if (session === null || !isTurn(value)) return [];
    const agent = value['isSidechain'] === true ? (stringOf(value['agentId']) ?? 'subagent') : null;
    const id = agent === null ? session : `${session}/${agent}`;
    gather(`claude-code:${id}`, value, (lines) => [sessionRecord(id, session, lines)]);
    return [];
  },
};

/** Lines about the session that are no part of the conversation. */
const NOTES: ReadonlySet<string> = new Set([
  'file-history-snapshot',
  'summary',
  'queue-operation',
  'progress',
  'last-prompt',
  'custom-title',
  'ai-title',
  'agent-name',
  'pr-link',
  'permission-mode',
  'attribution-snapshot',
]);

const isNote = (value: JsonObject): boolean =>
  NOTES.has(value['type'] as string) &&
  ('sessionId' in value || 'messageId' in value || 'leafUuid' in value);

const isTurn = (value: JsonObject): boolean =>
  (value['type'] === 'user' || value['type'] === 'assistant') &&
  isRecord(value['message']) &&
  value['isMeta'] !== true &&
  value['isApiErrorMessage'] !== true &&
  recordOf(value['message'])['model'] !== '<synthetic>';

function sessionRecord(id: string, session: string, lines: readonly JsonObject[]): RawRecord {
  const first = lines[0] ?? {};
  const times = lines.flatMap((line) => timeOf(line['timestamp']) ?? []);
  return runRecord(id, turnsIn(lines), {
    session,
    timestamp: times[0],
    end_time: times.at(-1),
    provider: 'anthropic',
    release: first['version'],
    metadata: { cwd: first['cwd'] ?? null, gitBranch: first['gitBranch'] ?? null },
  });
}

/** A reply is written line by line, each with one block and the usage so far; lines of one id are one reply. */
function turnsIn(lines: readonly JsonObject[]): Turn[] {
  const turns: { message: Json; call?: RawCall }[] = [];
  const replies = new Map<string, { blocks: Json[]; turn: { message: Json; call?: RawCall } }>();
  const seen = new Set<string>();
  for (const line of lines) {
    const uuid = stringOf(line['uuid']);
    if (uuid !== null && seen.has(uuid)) continue;
    if (uuid !== null) seen.add(uuid);
    const message = recordOf(line['message']);
    if (message['role'] !== 'assistant') {
      if (!isCommandNote(message['content'])) turns.push({ message });
      continue;
    }
    const blocks = isList(message['content'])
      ? [...message['content']]
      : [{ type: 'text', text: message['content'] ?? '' }];
    const call: RawCall = {
      model: stringOf(message['model']),
      usage: message['usage'] ?? null,
      finishReason: message['stop_reason'] ?? null,
      time: timeOf(line['timestamp']),
    };
    const id = stringOf(message['id']);
    const known = id === null ? undefined : replies.get(id);
    if (known === undefined) {
      const turn = { message: { role: 'assistant', content: blocks } as Json, call };
      turns.push(turn);
      if (id !== null) replies.set(id, { blocks, turn });
      continue;
    }
    for (const block of blocks) known.blocks.push(block);
    known.turn.message = { role: 'assistant', content: known.blocks };
    known.turn.call = { ...call, time: known.turn.call?.time ?? null };
  }
  return turns;
}

/** What slash commands and hooks print is put in the user role. */
function isCommandNote(content: Json | undefined): boolean {
  return typeof content === 'string' && NOTE.test(content);
}

const NOTE =
  /^\s{0,4}<(?:command-name|command-message|local-command-stdout|local-command-caveat|system-reminder|bash-input|bash-stdout|task-notification)>/;
