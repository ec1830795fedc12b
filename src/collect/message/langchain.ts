import type { Json, JsonObject } from '../../contract/json.ts';
import type { Role } from '../../contract/trace.ts';
import { isRecord, parseJson } from '../../text/json.ts';
import { serializedRole } from './message-role.ts';

/** A serialized LangChain object: its arguments and, when it is a message, its role. Null for other objects. */
export function serializedObject(
  value: JsonObject,
): { readonly kwargs: JsonObject; readonly role: Role | null } | null {
  const { kwargs } = value;
  if (value['type'] !== 'constructor' || !isRecord(kwargs)) return null;
  return { kwargs, role: serializedRole(value['id']) };
}

/** True when the content of a tool message defines a tool: LangChain recorders list the offered tools that way. */
export function isOfferedTool(content: Json | undefined): boolean {
  if (typeof content === 'string') {
    if (!content.startsWith('{"type"')) return false;
    const parsed = parseJson(content);
    return isRecord(parsed) && isOfferedTool(parsed);
  }
  return isRecord(content) && content['type'] === 'function' && isRecord(content['function']);
}
