import type {
  AnswerUsage,
  AttemptRequest,
  Target,
  TargetAnswer,
} from '../../contract/eval-target.ts';
import type { Message, ToolDefinition, Trace } from '../../contract/trace.ts';
import type { Clock } from '../endpoint/clock.ts';
import { endpointFailure } from '../endpoint/endpoint-failure.ts';
import { type ModelPrice, modelCost, plusTokens } from '../model/model-price.ts';
import type { ChatModel } from '../model/provider-model.ts';
import { totalOf } from '../model/total-tokens.ts';
import { functionsOf, messageOf, plainMessage, promptOf, saidAgain } from './model-conversation.ts';

export interface ModelTargetOptions {
  readonly model: ChatModel;
  /** As it is recorded: `anthropic:claude-sonnet-5`, with the host of an address that was given. */
  readonly spec: string;
  readonly version: string | null;
  /** Tells prompts and tools apart. */
  readonly hash: string | null;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Takes the place of the system prompt of the case; null keeps that. */
  readonly prompt: string | null;
  /** Take the place of the tools of the case; null keeps those. */
  readonly tools: readonly ToolDefinition[] | null;
  readonly price: ModelPrice | null;
  /** Never shown, whatever an endpoint answers. */
  readonly secrets: readonly string[];
  /** Model calls of one attempt. Default 20. */
  readonly steps?: number;
  readonly read: (value: object) => Promise<Trace>;
}

const STEPS = 20;

/**
 * A chat model, with the conversation of the case. Its tool calls are answered from the recording, until it answers with
 * text.
 */
export function modelTarget(options: ModelTargetOptions): Target {
  const { spec, version, hash, price, read, steps = STEPS } = options;
  return {
    record: { spec, kind: 'model', version, hash },
    ask: async (request, { signal, replay, takeCall }): Promise<TargetAnswer> => {
      const messages = conversationOf(request, options.prompt);
      const tools = options.tools ?? request.tools;
      const prompt = promptOf(messages);
      let tokens: Tokens = { input: 0, output: 0 };
      const timeout = AbortSignal.timeout(options.timeoutMs);
      const inside = AbortSignal.any([signal, timeout]);
      try {
        for (let step = 0; step < steps; step += 1) {
          if (step > 0 && !(await takeCall()))
            return failed('over_budget', BUDGET, false, usageOf(tokens, price));
          const { content, usage } = await options.model.doGenerate({
            ...{ prompt, seed: request.seed, abortSignal: inside },
            ...(tools.length === 0 ? {} : { tools: functionsOf(tools) }),
          });
          tokens = plus(tokens, usage);
          const said = messageOf(content);
          messages.push(said);
          if (said.toolCalls.length === 0) break;
          const results = said.toolCalls.map(({ id, name, arguments: args }): Message => {
            const { result, isError } = replay?.call(name, args) ?? NO_TOOL;
            return {
              ...plainMessage('tool', result),
              ...{ toolCallId: id, name },
              ...(isError ? { isError } : {}),
            };
          });
          messages.push(...results);
          prompt.push(saidAgain(content), ...promptOf(results));
          if (replay !== null && replay.report().divergedAt !== null) break;
        }
      } catch (error) {
        signal.throwIfAborted();
        if (timeout.aborted)
          return failed('timeout', `no answer within ${options.timeoutMs / 1000} s`, true);
        return failureOf(error, options, usageOf(tokens, price));
      }
      const trace = await read({
        messages: messages.map(asOpenAi),
        tools: tools.map(asFunction),
        model: options.model.modelId,
      });
      return { kind: 'answered', trace, usage: usageOf(tokens, price) };
    },
  };
}

const BUDGET = 'the budget allows no more calls, and it wants another step';
const NO_TOOL = { result: 'tools are not available', isError: true };

/** Null once a call has not said. */
interface Tokens {
  readonly input: number | null;
  readonly output: number | null;
}

type Usage = Awaited<ReturnType<ChatModel['doGenerate']>>['usage'];

const plus = ({ input, output }: Tokens, { inputTokens, outputTokens }: Usage): Tokens => ({
  input: plusTokens(input, totalOf(inputTokens)),
  output: plusTokens(output, totalOf(outputTokens)),
});

const usageOf = ({ input, output }: Tokens, price: ModelPrice | null): AnswerUsage => ({
  tokens: plusTokens(input, output),
  dollars: modelCost(price, input, output),
});

/** A failed call takes nothing beside what the calls before it took. */
function failureOf(
  error: unknown,
  { model, clock, secrets }: ModelTargetOptions,
  usage: AnswerUsage,
): TargetAnswer {
  const failure = endpointFailure(
    error,
    { url: model.provider, model: model.modelId },
    clock.now(),
    secrets,
  );
  const { status, detail, retryable, retryAfterMs } = failure;
  const isKeyMissing = error instanceof Error && /LoadAPIKey/.test(error.name);
  const code = isKeyMissing
    ? 'no_key'
    : status !== null
      ? `http_${status}`
      : retryable
        ? 'unreachable'
        : 'unusable_answer';
  return { ...failed(code, detail, retryable, usage), retryAfterMs };
}

function conversationOf({ messages }: AttemptRequest, prompt: string | null): Message[] {
  if (prompt === null) return [...messages];
  return [plainMessage('system', prompt), ...messages.filter(({ role }) => role !== 'system')];
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
  message: string,
  isInfrastructure: boolean,
  usage?: AnswerUsage,
): Extract<TargetAnswer, { kind: 'failed' }> => ({
  ...{ kind: 'failed', code, message, isInfrastructure },
  ...(usage === undefined ? {} : { usage }),
});
