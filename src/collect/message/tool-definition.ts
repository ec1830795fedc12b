import type { Json, JsonObject } from '../../contract/json.ts';
import type { ToolDefinition } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { pick, recordOf, stringOf, structured } from '../json/json-value.ts';

/**
 * Tool definitions in a list, one definition, or the JSON text of either: OpenAI nested, flat, AI SDK
 * `inputSchema`, Anthropic `input_schema`, MCP, Gemini `functionDeclarations`, PydanticAI. By name once.
 */
export function toolDefinitionsOf(value: Json): ToolDefinition[] {
  const byName = new Map<string, ToolDefinition>();
  readDefinitions(structured(value), byName, 0);
  return [...byName.values()];
}

/** Definitions in a request, in invocation parameters or in a list of messages. */
export function toolDefinitionsIn(value: Json | undefined): ToolDefinition[] {
  if (value === undefined) return [];
  const parsed = structured(value);
  if (isList(parsed)) return toolDefinitionsOf(parsed.filter(isDefinitionMessage));
  if (!isRecord(parsed)) return [];
  const held =
    pick(parsed, 'tools', 'functions', 'function_tools') ?? recordOf(parsed['config'])['tools'];
  if (held !== undefined) return toolDefinitionsOf(held);
  const messages = parsed['messages'];
  return isList(messages) ? toolDefinitionsIn(messages) : [];
}

const MAX_DEPTH = 4;

function readDefinitions(value: Json, into: Map<string, ToolDefinition>, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (isList(value)) {
    for (const item of value) readDefinitions(structured(item), into, depth + 1);
    return;
  }
  if (!isRecord(value)) return;
  const wrapped =
    pick(value, 'functionDeclarations', 'function_declarations', 'function_tools', 'toolSpec') ??
    (value['role'] === 'tool' ? value['content'] : undefined);
  if (wrapped !== undefined) {
    readDefinitions(structured(wrapped), into, depth + 1);
    return;
  }
  const definition = definitionOf(value);
  if (definition === null) {
    const schema = pick(value, 'tool.json_schema', 'json_schema', 'tool');
    if (schema !== undefined) readDefinitions(structured(schema), into, depth + 1);
  } else if (!into.has(definition.name)) into.set(definition.name, definition);
}

function definitionOf(value: JsonObject): ToolDefinition | null {
  const inner = isRecord(value['function']) ? value['function'] : value;
  const name = stringOf(inner['name']);
  if (name === null) return null;
  const description = stringOf(inner['description'] ?? value['description']) ?? '';
  return { name, description, parameters: schemaOf(inner) };
}

function schemaOf(value: JsonObject): JsonObject | null {
  for (const key of SCHEMA_KEYS) {
    const held = value[key];
    if (held === undefined || held === null) continue;
    const schema = structured(held);
    if (!isRecord(schema)) continue;
    return isRecord(schema['json']) && schema['type'] === undefined ? schema['json'] : schema;
  }
  return null;
}

const SCHEMA_KEYS = [
  'parameters',
  'inputSchema',
  'input_schema',
  'parameters_json_schema',
  'parametersJsonSchema',
  'args_schema',
] as const;

function isDefinitionMessage(item: Json): boolean {
  if (!isRecord(item) || item['role'] !== 'tool') return false;
  const content = item['content'] === undefined ? null : structured(item['content']);
  return isRecord(content) && content['type'] === 'function' && isRecord(content['function']);
}
