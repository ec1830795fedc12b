/** US dollars per million tokens: list prices of the providers as of November 2026. */
const PRICES: Readonly<Record<string, number>> = {
  'text-embedding-3-small': 0.02,
  'text-embedding-3-large': 0.13,
  'text-embedding-ada-002': 0.1,
};

/** Approximate for English text; code and other scripts have fewer characters per token. */
const CHARACTERS_PER_TOKEN = 4;

export interface CostEstimate {
  readonly tokens: number;
  /** US dollars; null for models without a known price. */
  readonly cost: number | null;
}

/** Estimates tokens and cost of embedding uncached texts, before any request. */
export function estimateCost(model: string, texts: readonly string[]): CostEstimate {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  const tokens = Math.ceil(characters / CHARACTERS_PER_TOKEN);
  return { tokens, cost: costOf(model, tokens) };
}

export function costOf(model: string, tokens: number | null): number | null {
  if (tokens === null) return null;
  const price = Object.hasOwn(PRICES, model) ? PRICES[model] : undefined;
  return price === undefined ? null : (tokens * price) / 1e6;
}
