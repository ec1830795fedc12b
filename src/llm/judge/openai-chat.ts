import { openAiModel } from '../model/provider-model.ts';
import type { NamedChatModel } from './chat-endpoint.ts';

/** A model of an OpenAI-compatible endpoint; `baseUrl` is checked and has no trailing slash. */
export const openAiChat = ({
  model,
  baseUrl,
  apiKey,
}: {
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey: string | null;
}): NamedChatModel => ({
  ...{ model, url: `${baseUrl}/chat/completions`, isOpenAi: true },
  secrets: apiKey === null ? [] : [apiKey],
  load: (transformBody) =>
    openAiModel({
      model,
      baseUrl,
      apiKey,
      ...(transformBody === undefined ? {} : { transformBody }),
    }),
});
