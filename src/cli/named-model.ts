import { CulpritError } from '../contract/culprit-error.ts';
import type { NamedEmbeddingModel } from '../llm/embedder/model-embedder.ts';
import { checkedUrl, OPENAI_URL } from '../llm/endpoint/base-url.ts';
import type { NamedChatModel } from '../llm/judge/chat-endpoint.ts';
import { openAiChat } from '../llm/judge/openai-chat.ts';
import { listPrice, type ModelPrice } from '../llm/model/model-price.ts';
import type { PriceFile } from '../llm/model/price-file.ts';
import {
  type ChatModel,
  openAiEmbeddingModel,
  providerEmbeddingModel,
  providerModel,
} from '../llm/model/provider-model.ts';
import { userPackage } from '../platform/user-package.ts';
import { endpointOf } from './endpoint.ts';
import { environmentSecrets } from './environment.ts';
import { MODEL_SPELLING, type ModelSpec, modelSpec, priceLine } from './model-spec.ts';

/** A model that an option names, and how it is recorded. */
interface Named<Model> {
  readonly spec: ModelSpec;
  /** `anthropic:claude-sonnet-5`, with the host of an address that was given. */
  readonly id: string;
  readonly named: Model;
}

/** The model that an option names, at its own address or else at the one of another option. Throws `invalid_option`. */
export function specOf(text: string, flag: string, baseUrl: string | undefined): ModelSpec {
  const spec = modelSpec(text);
  if (spec === null) throw invalid(`${flag} ${text}: give ${MODEL_SPELLING}`);
  return { ...spec, baseUrl: spec.baseUrl ?? baseUrl ?? null };
}

/**
 * A chat model by its spec. Of a provider, the package is loaded from the folder of the user.
 * @throws CulpritError `invalid_option` if the package is not installed or is not a provider, or if there is no key
 * where one is needed.
 */
export async function chatModelOf(spec: ModelSpec, flag: string): Promise<Named<NamedChatModel>> {
  const { model, package: name } = spec;
  if (name === null) {
    const { baseUrl, apiKey } = endpointOf({ baseUrl: spec.baseUrl ?? undefined });
    return { spec, id: idOf(spec, baseUrl), named: openAiChat({ model, baseUrl, apiKey }) };
  }
  const made = await fromPackage(spec, name, flag, providerModel);
  return {
    ...{ spec, id: idOf(spec, spec.baseUrl) },
    named: { ...placeOf(spec, made), isOpenAi: false, load: async () => made },
  };
}

/** A model of embeddings by its spec. Throws as `chatModelOf`. */
export async function embeddingModelOf(
  spec: ModelSpec,
  flag: string,
): Promise<NamedEmbeddingModel> {
  const { model, package: name } = spec;
  if (name === null) {
    const { baseUrl, apiKey } = endpointOf({ baseUrl: spec.baseUrl ?? undefined });
    return {
      ...{ id: idOf(spec, baseUrl), model, url: `${baseUrl}/embeddings`, dimensions: null },
      perCall: null,
      secrets: apiKey === null ? [] : [apiKey],
      load: () => openAiEmbeddingModel({ model, baseUrl, apiKey }),
    };
  }
  const made = await fromPackage(spec, name, flag, providerEmbeddingModel);
  return {
    ...{ ...placeOf(spec, made), id: idOf(spec, spec.baseUrl), dimensions: null },
    perCall: (await made.maxEmbeddingsPerCall) ?? null,
    load: async () => made,
  };
}

/**
 * What a model costs: by the price file of the user, else by the list of OpenAI's prices; null where neither has it.
 * `isExact` says that it is meant for this very address, so that a budget in money may rest on it.
 */
export function priceOf(
  spec: ModelSpec,
  prices: PriceFile | null,
): { readonly price: ModelPrice; readonly isExact: boolean } | null {
  const own = prices?.of(spec) ?? null;
  if (own !== null) return { price: own, isExact: true };
  const listed = listPrice(spec.model);
  if (listed === null) return null;
  const isOpenAi = spec.package === null && (spec.baseUrl ?? OPENAI_URL) === OPENAI_URL;
  return { price: listed, isExact: isOpenAi };
}

/** The refusal of a budget in money, such as `--label-max-cost 0.50`, for a model of which the price is not known. */
export const withoutPrice = (budget: string, spec: ModelSpec): CulpritError =>
  new CulpritError(
    'invalid_option',
    `${budget}: the price of ${spec.provider}:${spec.model} is not known here, so the budget cannot be kept. Add it to a file and name that with --prices:\nmodels:\n  ${priceLine(spec)}`,
  );

const idOf = ({ provider, model }: ModelSpec, baseUrl: string | null): string =>
  `${provider}:${model}${baseUrl === null ? '' : `@${new URL(baseUrl).host}`}`;

const placeOf = (
  { model, baseUrl }: ModelSpec,
  made: Pick<ChatModel, 'provider'>,
): Pick<NamedChatModel, 'model' | 'url' | 'secrets'> => ({
  ...{ model, url: baseUrl ?? made.provider },
  secrets: environmentSecrets(),
});

/** A model of a provider's package, looked up from the folder of the user. */
async function fromPackage<Model>(
  spec: ModelSpec,
  name: string,
  flag: string,
  make: (options: Parameters<typeof providerModel>[0]) => Model,
): Promise<Model> {
  const { provider, model } = spec;
  const baseUrl = spec.baseUrl === null ? null : checkedUrl(spec.baseUrl);
  const place = `${flag} ${provider}:${model}`;
  const fail = (cause: unknown): never => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw invalid(`${place}: the package ${name} cannot be used (${why})`, cause);
  };
  const module = await userPackage(name, process.cwd()).catch(fail);
  if (module === null)
    throw invalid(
      `${place}: the package ${name} is not installed. Install it in this folder with npm install ${name}, or give ${MODEL_SPELLING}`,
    );
  try {
    return make({ package: name, module, model, baseUrl });
  } catch (error) {
    return fail(error);
  }
}

const invalid = (message: string, cause?: unknown): CulpritError =>
  new CulpritError('invalid_option', message, { cause });

/** Prices of the file that `--prices` names. Its format is loaded only then. Throws as `pricesIn` does. */
export const readPrices = async (text: string, source: string): Promise<PriceFile> =>
  (await import('../llm/model/price-file.ts')).pricesIn(text, source);
