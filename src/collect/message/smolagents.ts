import type { JsonObject } from '../../contract/json.ts';
import type { Role, ToolCall } from '../../contract/trace.ts';
import { parseJson } from '../../text/json.ts';
import { pythonLiteral } from '../../text/python-literal.ts';
import { toolCallsOf } from './tool-call.ts';

const CALLING = 'Calling tools:\n';
const CALL_ID = /^Call id: (\S{1,100})\n/;
const OUTCOME = /^Call id: \S{1,100}\n(?:Observation|Error):/;

/** Calls that smolagents spells out as the text of an assistant message; null for any other text. */
export function spokenCalls(content: string): readonly ToolCall[] | null {
  if (!content.startsWith(CALLING)) return null;
  const spelled = content.slice(CALLING.length);
  const calls = toolCallsOf(pythonLiteral(spelled) ?? parseJson(spelled));
  return calls.length > 0 ? calls : null;
}

/** Call id that smolagents puts on the first line of a result; null when there is none. */
export function spokenCallId(content: string): string | null {
  return CALL_ID.exec(content)?.[1] ?? null;
}

/** smolagents hands whole runs to a last call with every role made `user`; its marks tell calls and results. */
export function spokenRole(message: JsonObject, role: Role): Role {
  const content = message['content'];
  if (role !== 'user' || typeof content !== 'string' || !content.startsWith('Call')) return role;
  if (spokenCalls(content) !== null) return 'assistant';
  return OUTCOME.test(content) ? 'tool' : role;
}
