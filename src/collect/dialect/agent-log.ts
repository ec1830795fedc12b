import type { Json, JsonObject } from '../../contract/json.ts';
import { hexHash } from '../../text/hash.ts';
import { numberOf, stringOf, textOf } from '../json/json-value.ts';
import type { RawLog, RawSpan } from '../record.ts';

/**
 * The step that a log event of a coding agent reports (Claude Code, Codex, Gemini CLI): a prompt, a model call, a tool
 * call or an error. The session is the trace. Null for other logs, and for events that repeat another.
 */
export function agentSpan(log: RawLog): RawSpan | null {
  const full = AGENT.test(log.name) ? log.name : typeof log.body === 'string' ? log.body : '';
  const [, agent, event] = AGENT.exec(full) ?? [];
  if (agent === undefined || event === undefined) return null;
  const { attributes } = log;
  const session = stringOf(attributes['session.id'] ?? attributes['conversation.id']);
  const kind = EVENTS.get(event);
  if (session === null || kind === undefined) return null;
  const duration = numberOf(attributes['duration_ms']) ?? 0;
  const failed = isFailed(event, attributes);
  const key = [event, log.time, textOf(attributes['event.sequence']), JSON.stringify(attributes)];
  return {
    traceId: session,
    spanId: `${event}-${hexHash(key.join(' '))}`,
    parentId: null,
    name: kind === 'TOOL' ? toolName(attributes) : event,
    startTime: log.time === null ? null : log.time - duration,
    endTime: log.time,
    statusCode: failed ? 'error' : 'unset',
    statusMessage: failed ? messageOf(attributes) : '',
    attributes: spanAttributes(kind, agent, event, attributes),
    resource: log.resource,
    scope: agent,
    events: [],
    links: [],
    droppedAttributes: 0,
  };
}

const AGENT = /^(claude_code|codex|gemini_cli|qwen-code)\.([a-z_.]{1,60})$/;

const EVENTS: ReadonlyMap<string, 'CHAIN' | 'LLM' | 'TOOL'> = new Map([
  ['user_prompt', 'CHAIN'],
  ['api_request', 'LLM'],
  ['api_response', 'LLM'],
  ['api_error', 'LLM'],
  ['tool_result', 'TOOL'],
  ['tool_call', 'TOOL'],
]);

const toolName = (attributes: JsonObject): string =>
  textOf(attributes['tool_name'] ?? attributes['function_name']);

function isFailed(event: string, { success, error, status_code }: JsonObject): boolean {
  if (event === 'api_error' || success === false || success === 'false') return true;
  return (numberOf(status_code) ?? 0) >= 400 || (event === 'api_response' && textOf(error) !== '');
}

const messageOf = (attributes: JsonObject): string =>
  textOf(attributes['error'] ?? attributes['error.message'] ?? attributes['error_message']) ||
  textOf(attributes['output']).slice(0, 2000);

function spanAttributes(
  kind: string,
  agent: string,
  event: string,
  attributes: JsonObject,
): JsonObject {
  const first = (...keys: readonly string[]): Json => {
    for (const key of keys) if (textOf(attributes[key]) !== '') return attributes[key] as Json;
    return null;
  };
  const own: Record<string, Json> = {
    'openinference.span.kind': kind,
    'session.id': first('session.id', 'conversation.id'),
    'user.id': first('user.id', 'user.account_id'),
    'error.type': first('status_code', 'error.type', 'error_type'),
    ...(event === 'user_prompt'
      ? { 'input.value': first('prompt'), 'langfuse.trace.input': first('prompt') }
      : {}),
    ...(kind === 'LLM'
      ? {
          'gen_ai.request.model': first('model'),
          'gen_ai.provider.name': PROVIDERS[agent] ?? null,
          'gen_ai.usage.input_tokens': inputTokens(agent, attributes),
          'gen_ai.usage.output_tokens': first('output_tokens', 'output_token_count'),
          'gen_ai.usage.cache_read_tokens': first(
            'cache_read_tokens',
            'cached_content_token_count',
          ),
          'gen_ai.usage.cost': first('cost_usd'),
        }
      : {}),
    ...(kind === 'TOOL'
      ? {
          'gen_ai.tool.name': toolName(attributes),
          'gen_ai.tool.call.id': first('call_id', 'tool_use_id'),
          'gen_ai.tool.call.arguments': first(
            'tool_parameters',
            'tool_input',
            'arguments',
            'function_args',
          ),
          'gen_ai.tool.call.result': first('output', 'tool_result'),
        }
      : {}),
  };
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null));
}

const PROVIDERS: Readonly<Record<string, string>> = {
  claude_code: 'anthropic',
  codex: 'openai',
  gemini_cli: 'google',
};

/** Claude Code counts cached tokens apart. */
function inputTokens(agent: string, attributes: JsonObject): number | null {
  const input = numberOf(attributes['input_tokens'] ?? attributes['input_token_count']);
  if (input === null || agent !== 'claude_code') return input;
  const read = numberOf(attributes['cache_read_tokens']) ?? 0;
  return input + read + (numberOf(attributes['cache_creation_tokens']) ?? 0);
}
