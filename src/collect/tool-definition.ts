import type { Json } from '../contract/json.ts';
import type { ToolDefinition } from '../contract/trace.ts';

/**
 * Tool definitions in a list, one definition, or the JSON text of either: OpenAI nested, flat, AI SDK
 * `inputSchema`, Anthropic `input_schema`, MCP, Gemini `functionDeclarations`, PydanticAI. By name once.
 */
export function toolDefinitionsOf(_value: Json): ToolDefinition[] {
  return [];
}
