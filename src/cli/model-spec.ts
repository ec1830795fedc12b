/** A model as people name it: as a target, as the judge, as the embedder, as the label model. */
export interface ModelSpec {
  /** As it was written: `openai`, `anthropic`, `@openrouter/ai-sdk-provider`. */
  readonly provider: string;
  /** Package of the provider for the AI SDK; null for an OpenAI-compatible endpoint, which needs none. */
  readonly package: string | null;
  readonly model: string;
  /** The address after `@`; null where none is given. */
  readonly baseUrl: string | null;
}

/** What stands before a colon and names no provider. */
const OTHERS: ReadonlySet<string> = new Set(['cmd', 'http', 'https', 'traces', 'run']);

/** Providers whose package has another name. */
const PACKAGES: Readonly<Record<string, string>> = {
  bedrock: '@ai-sdk/amazon-bedrock',
  vertex: '@ai-sdk/google-vertex',
};

/** The spelling, for messages. */
export const MODEL_SPELLING =
  'openai:<model>, another <provider>:<model>, or either with @<address>';

/**
 * Reads `openai:gpt-5`, `anthropic:claude-sonnet-5` (by the package `@ai-sdk/anthropic`), `bedrock:…`, `vertex:…`,
 * `@openrouter/ai-sdk-provider:model`, each also with an address: `openai:llama3@http://localhost:11434/v1`. Model names
 * may hold colons, slashes and `@`. Null for anything else.
 */
export function modelSpec(text: string): ModelSpec | null {
  const [, provider = '', rest = ''] =
    /^((?:@[\w.-]+\/)?[a-z][\w.-]*):(.*)$/s.exec(text.trim()) ?? [];
  if (provider === '' || OTHERS.has(provider)) return null;
  const [, before, baseUrl = null] = /^(.+?)@(https?:\/\/.+)$/s.exec(rest) ?? [];
  const model = (before ?? rest).trim();
  if (model === '') return null;
  return { provider, package: packageOf(provider), model, baseUrl };
}

function packageOf(provider: string): string | null {
  if (provider === 'openai') return null;
  if (provider.startsWith('@')) return provider;
  return Object.hasOwn(PACKAGES, provider) ? PACKAGES[provider]! : `@ai-sdk/${provider}`;
}

/** What to add to a price file, for messages. */
export const priceLine = ({ provider, model }: Pick<ModelSpec, 'provider' | 'model'>): string =>
  `${JSON.stringify(`${provider}:${model}`)}: { input: <USD per million tokens>, output: <USD per million tokens> }`;
