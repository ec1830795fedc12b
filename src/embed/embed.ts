import { CulpritError } from '../contract/culprit-error.ts';
import type { Embedder } from '../contract/embedder.ts';
import type { Failure, View } from '../contract/failure.ts';
import { lexicalEmbedder } from './lexical/lexical-embedder.ts';
import { staticEmbedder } from './static/static-embedder.ts';
import { brief } from './views/brief.ts';
import { structure } from './views/structure.ts';

/** The text of a failure under a view; '' when the trace holds nothing for it. Ids of models, versions and tenants never enter. */
export function viewText(failure: Failure, view: View): string {
  const { input, output } = failure.trace;
  switch (view) {
    case 'input':
      return input;
    case 'output':
      return output;
    case 'both':
      return [input, output].filter((text) => text !== '').join('\n\n');
    case 'brief':
      return brief(failure);
    case 'structure':
      return structure(failure);
  }
}

/** Needs no key and no download, and does best of those that do not on open failure data (docs/embedders.md). */
export const DEFAULT_EMBEDDER = 'static';

/** An embedder as people write it: `lexical`, `static`, `openai:MODEL` or `transformers:MODEL`. */
export type EmbedderSpec =
  | { readonly kind: 'lexical' }
  | { readonly kind: 'static' }
  | { readonly kind: 'openai' | 'transformers'; readonly model: string };

/** What this room cannot make itself: it reads no files and calls no network. */
export interface EmbedderSources {
  /** Bytes of the static model that the package ships. */
  readonly staticModel: () => Promise<Uint8Array>;
  readonly openai: (model: string) => Embedder | Promise<Embedder>;
  readonly transformers: (model: string) => Embedder | Promise<Embedder>;
}

/** The embedder that a spec names. Throws `invalid_option` for a spec that names none, and what the sources throw. */
export async function embedder(spec: string, sources: EmbedderSources): Promise<Embedder> {
  const parsed = parseEmbedderSpec(spec);
  switch (parsed.kind) {
    case 'lexical':
      return lexicalEmbedder();
    case 'static':
      return staticEmbedder(await sources.staticModel());
    case 'openai':
      return sources.openai(parsed.model);
    case 'transformers':
      return sources.transformers(parsed.model);
  }
}

/** Reads a spec without making anything. Models may hold colons and slashes. Throws `invalid_option`. */
export function parseEmbedderSpec(spec: string): EmbedderSpec {
  const [kind = '', ...rest] = spec.trim().split(':');
  const model = rest.join(':');
  if (kind === 'lexical' || kind === 'static') {
    if (rest.length === 0) return { kind };
    throw invalid(spec, `${kind} takes no model`);
  }
  if (kind === 'openai' || kind === 'transformers') {
    if (model !== '') return { kind, model };
    throw invalid(spec, `a model must follow, as in ${EXAMPLES[kind]}`);
  }
  throw invalid(spec, 'there is no such embedder');
}

const EXAMPLES = {
  openai: 'openai:text-embedding-3-small',
  transformers: 'transformers:./models/all-MiniLM-L6-v2',
} as const;

const invalid = (spec: string, why: string): CulpritError =>
  new CulpritError(
    'invalid_option',
    `Embedder ${JSON.stringify(spec)}: ${why}. Choose static, lexical, openai:MODEL or transformers:MODEL.`,
  );
