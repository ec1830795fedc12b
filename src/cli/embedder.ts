import type { Embedder } from '../contract/embedder.ts';
import { openAiEmbedder } from '../llm/embedder/openai-embedder.ts';
import { openVectorCache } from '../platform/vector-cache.ts';
import { dollars } from '../text/format.ts';
import type { CommandOptions } from './command-options.ts';
import { endpointOf } from './endpoint.ts';
import { cacheFile } from './environment.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The embedder of `--embedder`. One behind an endpoint is opened here, with its key from the environment
 * and its vectors kept in the user's cache folder; the library knows the others by name.
 */
export async function embedderFor(
  options: CommandOptions,
  { onOpen, say }: Surroundings,
): Promise<Embedder | string> {
  const model = /^openai:(.+)$/.exec(options.embedder)?.[1];
  if (model === undefined) return options.embedder;
  const endpoint = endpointOf(options);
  const cache = await openVectorCache(cacheFile('vectors.jsonl'));
  onOpen(cache);
  return openAiEmbedder({
    model,
    ...endpoint,
    cache,
    onUsage: ({ requests, tokens, cost, cached }) => {
      const price = cost === null ? 'cost unknown' : dollars(cost);
      say(
        `embedded in ${requests} requests, ${tokens ?? 'unknown'} tokens, ${price}, ${cached} texts from the cache`,
      );
    },
  });
}
