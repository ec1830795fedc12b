import type { Clock } from '../endpoint/clock.ts';
import type { EndpointFailure } from '../endpoint/endpoint-failure.ts';
import { oneAttempt } from '../endpoint/one-attempt.ts';
import type { Attempt } from '../endpoint/retry.ts';
import type { ChatModel, OpenAiModelOptions } from '../model/provider-model.ts';
import { totalOf } from '../model/total-tokens.ts';
import { ALL_FEATURES, type ChatFeatures, without } from './chat-features.ts';
import type { ChatAnswer, ChatFault, ChatPrompt, ChatRequest } from './chat-request.ts';

/** A chat model and where it is. */
export interface NamedChatModel {
  /** Makes the model when it is wanted; `transformBody` changes the body of its requests, where the provider allows that. */
  readonly load: (transformBody?: OpenAiModelOptions['transformBody']) => Promise<ChatModel>;
  /** Whether the bodies are chat completions that `load` lets change. */
  readonly isOpenAi: boolean;
  readonly model: string;
  /** Address, for messages. */
  readonly url: string;
  /** Never shown, whatever the endpoint answers. */
  readonly secrets: readonly string[];
}

export interface ChatSettings extends NamedChatModel {
  readonly timeoutMs: number;
  readonly seed: number;
  readonly clock: Clock;
  /** Gives up where the endpoint refuses a limit of tokens, as nobody then knows what an answer may take. Default false. */
  readonly isLimited?: boolean;
}

/**
 * Sends a question to a chat model, at temperature 0 with a seed and the schema of the answer. Parameters
 * that the endpoint refuses are omitted from then on. Failures are values; only an abort of `signal` throws.
 */
export function chatEndpoint(settings: ChatSettings): ChatRequest {
  let features = ALL_FEATURES;
  return async (prompt, signal, takeCall) => {
    for (;;) {
      const used = features;
      const result = await send(settings, prompt, used, signal);
      if (result.kind === 'done' || !REFUSALS.has(result.failure.status ?? 0)) return result;
      const fewer = without(used, result.failure.detail);
      if (fewer === null || (settings.isLimited === true && fewer.limit === 'none')) return result;
      // A concurrent request may already have dropped the same parameter.
      if (features === used) features = fewer;
      if (takeCall?.() === false) return result;
    }
  };
}

const REFUSALS: ReadonlySet<number> = new Set([400, 422, 501]);

function send(
  settings: ChatSettings,
  prompt: ChatPrompt,
  features: ChatFeatures,
  signal: AbortSignal | undefined,
): Promise<Attempt<ChatAnswer, EndpointFailure>> {
  const { load, isOpenAi, seed } = settings;
  return oneAttempt(settings, signal, async (abortSignal) => {
    const model = await load(
      isOpenAi
        ? ({ model: name, messages }) => ({
            model: name,
            messages,
            ...parameters(prompt, features, seed),
          })
        : undefined,
    );
    const result = await model.doGenerate({
      prompt: [
        { role: 'system', content: prompt.system },
        { role: 'user', content: [{ type: 'text', text: prompt.user }] },
      ],
      abortSignal,
      ...(isOpenAi ? {} : callOptions(prompt, features, seed)),
    });
    const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
    return {
      kind: 'done',
      value: {
        text,
        fault: faultOf(text, result.finishReason),
        inputTokens: totalOf(result.usage.inputTokens),
        outputTokens: totalOf(result.usage.outputTokens),
      },
    };
  });
}

/** The same by the terms of the AI SDK, which each package turns into those of its provider. */
const callOptions = (
  { schema, maxTokens }: ChatPrompt,
  { format, limit, temperature, seed }: ChatFeatures,
  seedValue: number,
): Partial<Parameters<ChatModel['doGenerate']>[0]> => ({
  ...(temperature && { temperature: 0 }),
  ...(seed && { seed: seedValue }),
  ...(limit !== 'none' && { maxOutputTokens: maxTokens }),
  ...(format === 'object' && { responseFormat: { type: 'json' } }),
  ...(format === 'schema' && { responseFormat: { type: 'json', schema } }),
});

const parameters = (
  { schema, maxTokens }: ChatPrompt,
  { format, limit, temperature, seed }: ChatFeatures,
  seedValue: number,
): object => ({
  ...(temperature && { temperature: 0 }),
  ...(seed && { seed: seedValue }),
  ...(limit !== 'none' && { [limit]: maxTokens }),
  ...(format === 'object' && { response_format: { type: 'json_object' } }),
  ...(format === 'schema' && {
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'answers', strict: true, schema },
    },
  }),
});

function faultOf(text: string, given: { readonly unified: string } | string): ChatFault | null {
  const finish = typeof given === 'string' ? given : given.unified;
  if (finish === 'content-filter') return 'filtered';
  if (finish === 'length') return 'cut';
  return text.trim() === '' ? 'empty' : null;
}

/** The fault in words. */
export const FAULTS: Readonly<Record<ChatFault, string>> = {
  cut: 'the answer was truncated at the length limit',
  filtered: 'its content filter blocked the answer',
  empty: 'an empty answer',
};
