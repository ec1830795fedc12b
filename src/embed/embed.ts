import { CulpritError } from '../contract/culprit-error.ts';
import type { Embedder, Embedding, EmbedOptions } from '../contract/embedder.ts';
import type { FactColumn } from '../contract/fact.ts';
import type { Failure, View, WeightedView } from '../contract/failure.ts';
import { parseEmbedderSpec } from './embedder-spec.ts';
import { factVectors } from './facts/fact-vectors.ts';
import { joinViews } from './join-views.ts';
import { lexicalEmbedder } from './lexical/lexical-embedder.ts';
import { staticEmbedder } from './static/static-embedder.ts';
import { viewText } from './views/view-text.ts';

/** Sources of embedders and models, passed in because this module reads no files and makes no network calls. */
export interface EmbedderSources {
  /** Bytes of the static model that the package ships. */
  readonly staticModel: () => Promise<Uint8Array>;
  readonly openai: (model: string) => Embedder | Promise<Embedder>;
  readonly transformers: (model: string) => Embedder | Promise<Embedder>;
}

/** Creates the embedder that a spec names. Throws `invalid_option` for an unknown spec, and whatever the sources throw. */
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

/** The static embedder under which a text has the same vector in every call. `model`: bytes of the file that the package ships. */
export const fixedEmbedder = (model: Uint8Array): Embedder =>
  staticEmbedder(model, { common: 'keep' });

/** What vectors are made with. */
export interface ViewSources {
  readonly embedder: Embedder;
  /** What is known of each fact, by id; only the view `facts` needs it. */
  readonly factColumns: ReadonlyMap<number, FactColumn>;
}

/**
 * Embeds failures under one or more views, with one call of the embedder per view of text. With several views, the cosine of two
 * rows is the weighted mean of their cosines by view; a view that has no text for a row is skipped. Rows have length 1,
 * or are all 0 if no view has text. With `fitted`, the vectors of the first this many failures do not depend on the others,
 * if the embedder heeds it. Throws what the embedder throws.
 */
export async function embedViews(
  failures: readonly Failure[],
  views: readonly WeightedView[],
  { embedder, factColumns }: ViewSources,
  { signal, progress, fitted }: EmbedOptions = {},
): Promise<Embedding> {
  const blocks: { readonly embedding: Embedding; readonly weight: number }[] = [];
  for (const [index, { view, weight }] of views.entries()) {
    if (view === 'facts') {
      blocks.push({ embedding: factVectors(failures, factColumns), weight });
      continue;
    }
    const texts = failures.map((failure) => viewText(failure, view));
    const embedding = await embedder.embed(texts, {
      ...(signal && { signal }),
      ...(fitted !== undefined && { fitted }),
      progress: (done, total) => progress?.(index * total + done, views.length * total),
    });
    blocks.push({ embedding, weight });
  }
  const [only] = blocks;
  return blocks.length === 1 && only ? only.embedding : joinViews(blocks);
}

/**
 * Parses views as people write them: `brief`, `brief,output` (equal weights) or `brief=0.6,output=0.4`. Weights are scaled to sum to 1.
 * Throws `invalid_option`.
 */
export function parseViews(text: string): readonly WeightedView[] {
  const views = text.split(',').map((part) => {
    const [name = '', weight = '1', ...rest] = part.trim().split('=');
    const view = VIEWS.find((known) => known === name);
    if (view === undefined) throw invalidViews(text, `there is no view ${JSON.stringify(name)}`);
    if (rest.length > 0 || !WEIGHT.test(weight) || Number(weight) === 0)
      throw invalidViews(text, `the weight of ${view} must be a number above 0, as in ${view}=0.5`);
    return { view, weight: Number(weight) };
  });
  const names = views.map(({ view }) => view);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalidViews(text, `${twice} is named twice`);
  const sum = views.reduce((total, { weight }) => total + weight, 0);
  return views.map(({ view, weight }) => ({ view, weight: weight / sum }));
}

/** The inverse of `parseViews`, weights rounded to two digits; a single view is written as its name alone. */
export const spellViews = (views: readonly WeightedView[]): string =>
  views
    .map(({ view, weight }) =>
      views.length === 1 ? view : `${view}=${Number(weight.toPrecision(2))}`,
    )
    .join(',');

const VIEWS: readonly View[] = ['brief', 'facts', 'structure', 'input', 'output', 'both'];

const WEIGHT = /^\d{1,6}(?:\.\d{1,6})?$/;

const invalidViews = (text: string, why: string): CulpritError =>
  new CulpritError(
    'invalid_option',
    `view ${JSON.stringify(text.slice(0, 100))}: ${why}. Choose from ${VIEWS.join(', ')}, or combine several with weights, as in brief=0.6,output=0.4`,
    { option: 'view' },
  );
