import type { Json, JsonObject } from '../../contract/json.ts';
import type { Role } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';

/** Role of a message object by `role`, LangChain `type` or class, Autogen `type`, event name; null when it is not a message. */
export function roleOf(message: JsonObject): Role | null {
  const role = message['role'];
  if (typeof role === 'string') return roleNamed(role);
  if (isRecord(role)) return wrappedRole(role);
  const type = message['type'];
  if (typeof type === 'string' && ('content' in message || 'data' in message)) {
    const known = TYPES.get(type) ?? (message['source'] === 'user' ? 'user' : classRole(type));
    if (known !== null) return known;
  }
  const event = message['event.name'];
  if (typeof event === 'string') return EVENTS.get(event) ?? null;
  const author = message['author'];
  if (isRecord(author) && 'content' in message) return roleOf(author);
  return null;
}

/** Role of a LangChain class path such as ["langchain_core", "messages", "AIMessage"]. */
export function serializedRole(path: Json | undefined): Role | null {
  const last = isList(path) ? path.at(-1) : undefined;
  return typeof last === 'string' ? classRole(last) : null;
}

const ROLES = new Map<string, Role>([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['human', 'user'],
  ['assistant', 'assistant'],
  ['ai', 'assistant'],
  ['model', 'assistant'],
  ['bot', 'assistant'],
  ['chatbot', 'assistant'],
  ['agent', 'assistant'],
  ['gpt', 'assistant'],
  ['chatgpt', 'assistant'],
  ['bing', 'assistant'],
  ['llm', 'assistant'],
  ['ai_assistant', 'assistant'],
  ['tool-call', 'assistant'],
  ['tool', 'tool'],
  ['function', 'tool'],
  ['ipython', 'tool'],
  ['observation', 'tool'],
  ['tool-response', 'tool'],
  ['function_response', 'tool'],
  ['tool_response', 'tool'],
  ['tool_result', 'tool'],
  ['tool_results', 'tool'],
  ['toolresult', 'tool'],
  ['environment', 'tool'],
]);

const TYPES = new Map<string, Role>([
  ['human', 'user'],
  ['ai', 'assistant'],
  ['system', 'system'],
  ['tool', 'tool'],
  ['function', 'tool'],
]);

const EVENTS = new Map<string, Role>([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
  ['gen_ai.choice', 'assistant'],
]);

const CLASSES: readonly (readonly [string, Role])[] = [
  ['System', 'system'],
  ['Human', 'user'],
  ['User', 'user'],
  ['AI', 'assistant'],
  ['Assistant', 'assistant'],
  ['ToolCallExecution', 'tool'],
  ['FunctionExecutionResult', 'tool'],
  ['Tool', 'tool'],
  ['Function', 'tool'],
  ['Text', 'assistant'],
];

function classRole(name: string): Role | null {
  if (!name.endsWith('Message') && !name.endsWith('MessageChunk')) return null;
  for (const [start, role] of CLASSES) if (name.startsWith(start)) return role;
  return null;
}

/** The role a word names in any recorder's spelling; `user` for unknown words. */
export function roleNamed(word: string): Role {
  return ROLES.get(word) ?? foreignRole(word);
}

function foreignRole(role: string): Role {
  const bare = role.slice(role.lastIndexOf('.') + 1).toLowerCase();
  return ROLES.get(bare) ?? 'user';
}

function wrappedRole(role: JsonObject): Role | null {
  const word = role['value'] ?? role['label'] ?? role['name'];
  return typeof word === 'string' ? (ROLES.get(word.toLowerCase()) ?? 'user') : null;
}
