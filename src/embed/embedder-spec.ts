import { CulpritError } from '../contract/culprit-error.ts';

/** An embedder as people write it: `lexical`, `static`, `openai:MODEL` or `transformers:MODEL`. */
export type EmbedderSpec =
  | { readonly kind: 'lexical' }
  | { readonly kind: 'static' }
  | { readonly kind: 'openai' | 'transformers'; readonly model: string };

/** Parses a spec without creating anything. Model names may contain colons and slashes. Throws `invalid_option`. */
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
    `embedder ${JSON.stringify(spec)}: ${why}. Choose static, lexical, openai:MODEL or transformers:MODEL`,
    { option: 'embedder' },
  );
