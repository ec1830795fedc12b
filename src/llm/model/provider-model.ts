import type { OpenAICompatibleProvider } from '@ai-sdk/openai-compatible';
import { boundedFetch } from '../endpoint/bounded-fetch.ts';

/** A chat model as the AI SDK has it. */
export type ChatModel = ReturnType<OpenAICompatibleProvider['chatModel']>;

/** A model of embeddings as the AI SDK has it. */
export type EmbeddingModel = ReturnType<OpenAICompatibleProvider['embeddingModel']>;

export interface OpenAiModelOptions {
  readonly model: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly apiKey: string | null;
  /** Changes the body of a request before it is sent. */
  readonly transformBody?: (body: Record<string, unknown>) => Record<string, unknown>;
}

/** A model of an OpenAI-compatible endpoint, by its chat completions. */
export const openAiModel = async (options: OpenAiModelOptions): Promise<ChatModel> =>
  (await openAiProvider(options)).chatModel(options.model);

/** A model of embeddings of an OpenAI-compatible endpoint. */
export const openAiEmbeddingModel = async (options: OpenAiModelOptions): Promise<EmbeddingModel> =>
  (await openAiProvider(options)).embeddingModel(options.model);

async function openAiProvider({
  baseUrl,
  apiKey,
  transformBody,
}: OpenAiModelOptions): Promise<OpenAICompatibleProvider> {
  // Loaded when it is wanted: most runs ask no model.
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  return createOpenAICompatible({
    ...{ name: 'endpoint', baseURL: baseUrl, fetch: boundedFetch() },
    ...(apiKey === null ? {} : { apiKey }),
    ...(transformBody === undefined ? {} : { transformRequestBody: transformBody }),
  });
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
export function providerModel(options: ProviderModelOptions): ChatModel {
  const provider = providerOf(options);
  const made =
    typeof provider.languageModel === 'function'
      ? provider.languageModel(options.model)
      : (provider as unknown as (id: string) => unknown)(options.model);
  const { doGenerate, specificationVersion = 'v1' } = made as Partial<ChatModel>;
  if (typeof doGenerate === 'function' && specificationVersion !== 'v1') return made as ChatModel;
  throw tooOld(options.package, specificationVersion);
}

/**
 * The same for a model of embeddings.
 * @throws Error naming what the package lacks.
 */
export function providerEmbeddingModel(options: ProviderModelOptions): EmbeddingModel {
  const { embeddingModel, textEmbeddingModel } = providerOf(options);
  const make = embeddingModel ?? textEmbeddingModel;
  if (typeof make !== 'function') throw new Error(`${options.package} has no embeddings`);
  const made = make(options.model);
  const { doEmbed, specificationVersion = 'v1' } = made as Partial<EmbeddingModel>;
  if (typeof doEmbed === 'function' && specificationVersion !== 'v1') return made as EmbeddingModel;
  throw tooOld(options.package, specificationVersion);
}

function providerOf({ package: name, module, baseUrl }: ProviderModelOptions): Provider {
  const create = makerIn(module, name);
  if (create === null) throw new Error(`${name} exports no create… function of a provider`);
  return create({
    fetch: boundedFetch(),
    ...(baseUrl === null ? {} : { baseURL: baseUrl }),
  }) as Provider;
}

const tooOld = (name: string, version: string): Error =>
  new Error(`${name} is too old: it speaks ${version}; update it`);

type Named = (id: string) => unknown;

interface Provider {
  readonly languageModel?: Named;
  readonly embeddingModel?: Named;
  /** In version 5 of the AI SDK. */
  readonly textEmbeddingModel?: Named;
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
