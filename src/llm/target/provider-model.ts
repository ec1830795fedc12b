import { boundedFetch } from '../endpoint/bounded-fetch.ts';
import type { ChatModel } from './model-conversation.ts';

export interface OpenAiModelOptions {
  readonly model: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly apiKey: string | null;
}

/** A model of an OpenAI-compatible endpoint, by its chat completions. */
export async function openAiModel({
  model,
  baseUrl,
  apiKey,
}: OpenAiModelOptions): Promise<ChatModel> {
  // Loaded when it is wanted: most runs ask no model.
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  return createOpenAICompatible({
    ...{ name: 'endpoint', baseURL: baseUrl, fetch: boundedFetch() },
    ...(apiKey === null ? {} : { apiKey }),
  }).chatModel(model);
}

export interface ProviderModelOptions {
  /** Package of a provider for the AI SDK, for messages. */
  readonly package: string;
  /** What the package exports. */
  readonly module: Readonly<Record<string, unknown>>;
  readonly model: string;
  /** Null leaves the address to the package, as the key and all else. */
  readonly baseUrl: string | null;
}

/**
 * A model of any provider that the AI SDK has. The package makes it by the `create…` function named like the provider,
 * and reads keys from the environment by its own rule.
 * @throws Error naming what the package lacks.
 */
export function providerModel({
  package: name,
  module,
  model,
  baseUrl,
}: ProviderModelOptions): ChatModel {
  const create = makerIn(module, name);
  if (create === null) throw new Error(`${name} exports no create… function of a provider`);
  const provider = create({
    fetch: boundedFetch(),
    ...(baseUrl === null ? {} : { baseURL: baseUrl }),
  }) as Provider;
  const made =
    typeof provider.languageModel === 'function'
      ? provider.languageModel(model)
      : (provider as unknown as (id: string) => unknown)(model);
  const { doGenerate, specificationVersion = 'v1' } = made as Partial<ChatModel>;
  if (typeof doGenerate === 'function' && specificationVersion !== 'v1') return made as ChatModel;
  throw new Error(`${name} is too old: it speaks ${specificationVersion}; update it`);
}

interface Provider {
  readonly languageModel?: (id: string) => unknown;
}

type Make = (settings: object) => unknown;

/** `createAnthropic` of `@ai-sdk/anthropic`; where no name fits, the only `create…` there is. */
function makerIn(module: ProviderModelOptions['module'], name: string): Make | null {
  const wanted = letters(name.slice(name.lastIndexOf('/') + 1));
  const made = Object.keys(module).filter(
    (key) => /^create[A-Z]/.test(key) && typeof module[key] === 'function',
  );
  const nameOf = (key: string): string => letters(key.slice('create'.length));
  const key =
    made.find((each) => nameOf(each) === wanted) ??
    made.find((each) => nameOf(each).startsWith(wanted) || wanted.endsWith(nameOf(each))) ??
    (made.length === 1 ? made[0] : undefined);
  return key === undefined ? null : (module[key] as Make);
}

const letters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
