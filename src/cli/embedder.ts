import type { Embedder } from '../contract/embedder.ts';
import { modelEmbedder } from '../llm/embedder/model-embedder.ts';
import { openVectorCache } from '../platform/vector-cache.ts';
import { dollars } from '../text/format.ts';
import type { CommandOptions } from './command-options.ts';
import { namesModel } from './embedder-spec.ts';
import { cacheFile } from './environment.ts';
import { embeddingModelOf, priceOf, readPrices, specOf } from './named-model.ts';
import { readOptionFile } from './read-option-file.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The embedder of `--embedder`. One behind an endpoint is opened here, with its key from the environment
 * and its vectors kept in the user's cache folder; the library knows the others by name.
 */
export async function embedderFor(
  options: CommandOptions,
  { onOpen, say }: Surroundings,
): Promise<Embedder | string> {
  if (!namesModel(options.embedder)) return options.embedder;
  const flag = '--embedder';
  const spec = specOf(options.embedder, flag, options.baseUrl);
  const named = await embeddingModelOf(spec, flag);
  const prices = await readOptionFile('--prices', options.prices, readPrices);
  const cache = await openVectorCache(cacheFile('vectors.jsonl'));
  onOpen(cache);
  return modelEmbedder(named, {
    ...{ cache, price: priceOf(spec, prices)?.price ?? null },
    onUsage: ({ requests, tokens, cost, cached }) => {
      const price = cost === null ? 'cost unknown' : dollars(cost);
      say(
        `embedded in ${requests} requests, ${tokens ?? 'unknown'} tokens, ${price}, ${cached} texts from the cache`,
      );
    },
  });
}
