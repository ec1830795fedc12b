import type { Json } from '../../contract/json.ts';
import type { Clock } from '../endpoint/clock.ts';
import type { EndpointFailure } from '../endpoint/endpoint-failure.ts';
import type { ChatPrompt, ChatRequest } from '../judge/chat-request.ts';
import { type ModelPrice, modelCost } from '../model/model-price.ts';

/** How a scripted model behaves. */
export const PERSONALITIES = [
  'truthful',
  'inventing',
  'format-breaking',
  'slow',
  'rate-limited',
  'injected',
] as const;
export type Personality = (typeof PERSONALITIES)[number];

/** What it is told, and a source of numbers from 0 to 1. */
export interface Asked {
  readonly prompt: ChatPrompt;
  readonly random: () => number;
}

interface ScriptedOptions {
  readonly personality: Personality;
  /** What a model of that personality says. */
  readonly say: (asked: Asked, personality: Personality) => Json;
  readonly price: ModelPrice;
  readonly clock: Clock;
  readonly random: () => number;
}

/** What the endpoint counted on its side. */
interface Charged {
  requests: number;
  dollars: number;
  /** How often each prompt was charged. */
  readonly byPrompt: Map<string, number>;
}

/**
 * An endpoint in this process that behaves like a model of one personality, and counts what it charges: every answer by
 * its tokens, also one that never arrives.
 */
export function scriptedModel({ personality, say, price, clock, random }: ScriptedOptions): {
  readonly request: ChatRequest;
  readonly charged: Charged;
} {
  const charged: Charged = { requests: 0, dollars: 0, byPrompt: new Map() };
  const charge = (prompt: ChatPrompt): { readonly input: number; readonly output: number } => {
    const bytes = Buffer.byteLength(prompt.system + prompt.user);
    const tokens = {
      // Between a byte and four to the token.
      input: Math.ceil(bytes / (1 + 3 * random())),
      output: Math.ceil(prompt.maxTokens * random()),
    };
    charged.dollars += modelCost(price, tokens.input, tokens.output)!;
    const key = prompt.system + prompt.user;
    charged.byPrompt.set(key, (charged.byPrompt.get(key) ?? 0) + 1);
    return tokens;
  };
  return {
    charged,
    request: async (prompt, signal) => {
      signal?.throwIfAborted();
      charged.requests += 1;
      if (personality === 'rate-limited' && random() < 0.5)
        return failed({ status: 429, retryable: true, retryAfterMs: 1_000 * random() });
      const { input, output } = charge(prompt);
      if (personality === 'slow') {
        await clock.pause(60_000 + 120_000 * random(), signal);
        if (random() < 0.3) return failed({ status: null, retryable: true, retryAfterMs: null });
      }
      const said = say({ prompt, random }, personality);
      const text = typeof said === 'string' ? said : JSON.stringify(said);
      const isCut = personality === 'format-breaking' && random() < 0.2;
      return {
        kind: 'done',
        value: {
          text: isCut ? text.slice(0, text.length / 2) : text,
          fault: isCut ? 'cut' : text.trim() === '' ? 'empty' : null,
          // Not every endpoint says what it took.
          ...(random() < 0.1
            ? { inputTokens: null, outputTokens: null }
            : { inputTokens: input, outputTokens: output }),
        },
      };
    },
  };
}

const failed = (
  parts: Pick<EndpointFailure, 'status' | 'retryable' | 'retryAfterMs'>,
): { readonly kind: 'failed'; readonly failure: EndpointFailure } => ({
  kind: 'failed',
  failure: {
    ...{ url: 'scripted', model: 'scripted', cause: null, ...parts },
    detail: parts.status === null ? 'no answer within 120 s' : 'slow down',
  },
});
