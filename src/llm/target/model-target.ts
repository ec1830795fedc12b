import type { AttemptRequest, Target, TargetAnswer } from '../../contract/eval-target.ts';
import type { Json } from '../../contract/json.ts';
import type { Message, ToolDefinition, Trace } from '../../contract/trace.ts';
import { boundedFetch } from '../endpoint/bounded-fetch.ts';
import type { Clock } from '../endpoint/clock.ts';
import { endpointFailure } from '../endpoint/endpoint-failure.ts';
import { plausibleTokens } from '../endpoint/plausible-tokens.ts';
import { type ChatPrice, chatCost } from '../judge/chat-price.ts';

export interface ModelTargetOptions {
  readonly model: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly version: string | null;
  readonly hash: string | null;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Takes the place of the system prompt of the case; null keeps that. */
  readonly prompt: string | null;
  /** Take the place of the tools of the case; null keeps those. */
  readonly tools: readonly ToolDefinition[] | null;
  readonly price: ChatPrice | null;
  /** Model calls of one attempt. Default 20. */
  readonly steps?: number;
  readonly read: (value: object) => Promise<Trace>;
}

const STEPS = 20;

/**
 * A model of an OpenAI-compatible endpoint, with the conversation of the case. Its tool calls are answered from the
 * recording, until it answers with text.
 */
export function modelTarget(options: ModelTargetOptions): Target {
  const { model, baseUrl, version, hash, price, read, steps = STEPS } = options;
  return {
    record: { spec: `openai:${model}@${new URL(baseUrl).host}`, kind: 'model', version, hash },
    ask: async (request, { signal, replay }): Promise<TargetAnswer> => {
      const messages = conversationOf(request, options.prompt);
      const tools = options.tools ?? request.tools;
      let inputTokens: number | null = 0;
      let outputTokens: number | null = 0;
      const timeout = AbortSignal.timeout(options.timeoutMs);
      const inside = AbortSignal.any([signal, timeout]);
      try {
        for (let step = 0; step < steps; step += 1) {
          const said = await generate(options, messages, tools, request.seed, inside);
          inputTokens = plus(inputTokens, said.inputTokens);
          outputTokens = plus(outputTokens, said.outputTokens);
          messages.push(said.message);
          if (said.message.toolCalls.length === 0) break;
          for (const { id, name, arguments: args } of said.message.toolCalls) {
            const { result, isError } = replay?.call(name, args) ?? NO_TOOL;
            messages.push({
              ...message('tool', result),
              toolCallId: id,
              name,
              ...(isError ? { isError } : {}),
            });
          }
          if (replay?.report()?.divergedAt !== null && replay !== null) break;
        }
      } catch (error) {
        signal.throwIfAborted();
        const url = `${baseUrl}/chat/completions`;
        const failure = endpointFailure(error, { url, model }, options.clock.now(), options.apiKey);
        const { status, detail, retryable, retryAfterMs } = failure;
        if (timeout.aborted)
          return failed('timeout', `no answer within ${options.timeoutMs / 1000} s`, true);
        return {
          ...failed(status === null ? 'unreachable' : `http_${status}`, detail, retryable),
          retryAfterMs,
        };
      }
      const trace = await read({
        messages: messages.map(asOpenAi),
        tools: tools.map(asFunction),
        model,
      });
      const tokens =
        inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens;
      const dollars = chatCost(price, inputTokens, outputTokens);
      return { kind: 'answered', trace, usage: { tokens, dollars } };
    },
  };
}

const NO_TOOL = { result: 'tools are not available', isError: true };

const plus = (sum: number | null, more: number | null): number | null =>
  sum === null || more === null ? null : sum + more;

function conversationOf({ messages }: AttemptRequest, prompt: string | null): Message[] {
  if (prompt === null) return [...messages];
  return [message('system', prompt), ...messages.filter(({ role }) => role !== 'system')];
}

const message = (role: Message['role'], content: string): Message => ({
  ...{ role, content, toolCalls: [], toolCallId: null, name: null, spanId: null },
});

interface Said {
  readonly message: Message;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

async function generate(
  { model, baseUrl, apiKey }: ModelTargetOptions,
  messages: readonly Message[],
  tools: readonly ToolDefinition[],
  seed: number,
  abortSignal: AbortSignal,
): Promise<Said> {
  // Loaded when it is wanted: most runs ask no model.
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  const { content, usage } = await createOpenAICompatible({
    ...{ name: 'endpoint', baseURL: baseUrl, fetch: boundedFetch() },
    ...(apiKey === null ? {} : { apiKey }),
    transformRequestBody: ({ model: name }) => ({
      ...{ model: name, messages: messages.map(asOpenAi), seed },
      ...(tools.length === 0 ? {} : { tools: tools.map(asFunction) }),
    }),
  })
    .chatModel(model)
    .doGenerate({ prompt: [{ role: 'user', content: [{ type: 'text', text: '' }] }], abortSignal });
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
  const toolCalls = content.flatMap((part) =>
    part.type === 'tool-call'
      ? [{ id: part.toolCallId, name: part.toolName, arguments: argumentsOf(part.input) }]
      : [],
  );
  return {
    message: { ...message('assistant', text), toolCalls },
    inputTokens: plausibleTokens(usage.inputTokens.total),
    outputTokens: plausibleTokens(usage.outputTokens.total),
  };
}

function argumentsOf(input: string): Json {
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}

const asOpenAi = ({ role, content, toolCalls, toolCallId, name }: Message): object => ({
  ...{ role, content },
  ...(toolCalls.length === 0
    ? {}
    : {
        tool_calls: toolCalls.map((call) => ({
          ...{ id: call.id, type: 'function' },
          function: {
            name: call.name,
            arguments:
              typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
          },
        })),
      }),
  ...(role === 'tool' ? { tool_call_id: toolCallId, name } : {}),
});

const asFunction = ({ name, description, parameters }: ToolDefinition): object => ({
  type: 'function',
  function: { name, description, parameters: parameters ?? { type: 'object', properties: {} } },
});

const failed = (
  code: string,
  text: string,
  isInfrastructure: boolean,
): Extract<TargetAnswer, { kind: 'failed' }> => ({
  ...{ kind: 'failed', code, message: text, isInfrastructure },
});
