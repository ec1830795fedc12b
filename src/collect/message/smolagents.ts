import type { JsonObject } from '../../contract/json.ts';
import type { Role, ToolCall } from '../../contract/trace.ts';
import { parseJson } from '../../text/json.ts';
import { pythonLiteral } from '../../text/python-literal.ts';
import { toolCallsOf } from './tool-call.ts';

const CALLING = 'Calling tools:\n';
const CALL_ID = /^Call id: (\S{1,100})\n/;
const OUTCOME = /^Call id: \S{1,100}\n(?:Observation|Error):/;

/** Calls that smolagents writes as the text of an assistant message; null for any other text. */
export function parseCalls(content: string): readonly ToolCall[] | null {
  if (!content.startsWith(CALLING)) return null;
  const encoded = content.slice(CALLING.length);
  const calls = toolCallsOf(pythonLiteral(encoded) ?? parseJson(encoded));
  return calls.length > 0 ? calls : null;
}

/** Call id on the first line of a smolagents result; null when there is none. */
export function parseCallId(content: string): string | null {
  return CALL_ID.exec(content)?.[1] ?? null;
}

/** smolagents passes the whole run to its final call with every role set to `user`; its markers identify calls and results. */
export function inferRole(message: JsonObject, role: Role): Role {
  const content = message['content'];
  if (role !== 'user' || typeof content !== 'string' || !content.startsWith('Call')) return role;
  if (parseCalls(content) !== null) return 'assistant';
  return OUTCOME.test(content) ? 'tool' : role;
}
