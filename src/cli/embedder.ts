import type { Embedder } from '../contract/embedder.ts';
import { embedder } from '../embed/embed.ts';
import { openAiEmbedder } from '../llm/embedder/openai-embedder.ts';
import { transformersEmbedder } from '../llm/embedder/transformers-embedder.ts';
import { readAsset } from '../platform/package-file.ts';
import { openVectorCache } from '../platform/vector-cache.ts';
import { dollars } from '../text/format.ts';
import type { Flags } from './analyze-options.ts';
import { endpointOf } from './endpoint.ts';
import { cacheFile } from './environment.ts';

/** The embedder of `--embedder`; vectors from endpoints are kept in the user's cache folder; `onOpen` is told what to close in the end. */
export const embedderFor = (
  flags: Flags,
  onOpen: (opened: { readonly close: () => Promise<void> }) => void,
): Promise<Embedder> =>
  embedder(flags.embedder, {
    staticModel: () => readAsset('static-model'),
    openai: async (model) => {
      const endpoint = endpointOf(flags);
      const cache = await openVectorCache(cacheFile('vectors.jsonl'));
      onOpen(cache);
      return openAiEmbedder({
        model,
        ...endpoint,
        cache,
        onUsage: ({ requests, tokens, cost, cached }) => {
          const price = cost === null ? 'cost unknown' : dollars(cost);
          process.stderr.write(
            `embedded in ${requests} requests, ${tokens ?? 'unknown'} tokens, ${price}, ${cached} texts from the cache\n`,
          );
        },
      });
    },
    transformers: (model) => transformersEmbedder({ model }),
  });
