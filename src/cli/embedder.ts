import type { Embedder } from '../contract/embedder.ts';
import { lexicalEmbedder } from '../embed/lexical/lexical-embedder.ts';
import type { Flags } from './analyze-options.ts';

export async function embedderFor(_flags: Flags): Promise<Embedder> {
  return lexicalEmbedder();
}
