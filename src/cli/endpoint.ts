import { CulpritError } from '../contract/culprit-error.ts';
import { checkedUrl, OPENAI_URL } from '../llm/endpoint/base-url.ts';
import type { CommandOptions } from './command-options.ts';
import { environment } from './environment.ts';

interface Endpoint {
  readonly baseUrl: string;
  readonly apiKey: string | null;
}

const KEY = 'OPENAI_API_KEY';

/**
 * The endpoint of `--base-url`, with the key from the environment.
 * @throws CulpritError `invalid_option` without a key where one is needed, or for one that cannot be sent.
 */
export function endpointOf({ baseUrl: given }: Pick<CommandOptions, 'baseUrl'>): Endpoint {
  const baseUrl = checkedUrl(given ?? OPENAI_URL);
  const apiKey = environment(KEY)?.trim() || null;
  if (apiKey === null && new URL(baseUrl).host === new URL(OPENAI_URL).host)
    throw invalid(
      `no key for ${baseUrl}: set ${KEY}, or name another OpenAI-compatible endpoint with --base-url`,
    );
  if (apiKey !== null && !/^[\x21-\x7e]+$/.test(apiKey))
    throw invalid(
      `the key in ${KEY} holds white space or characters that no key has: set it again`,
    );
  return { baseUrl, apiKey };
}

const invalid = (message: string): CulpritError => new CulpritError('invalid_option', message);
