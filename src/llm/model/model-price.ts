/** US dollars per million tokens. */
export interface ModelPrice {
  readonly input: number;
  /** 0 for embeddings. */
  readonly output: number;
}

/** When the list prices below were looked up; whoever asks for money to be kept can give newer ones. */
export const LIST_DATE = '2026-11';

/** Input, output: list prices of OpenAI. */
const PRICES: Readonly<Record<string, readonly [number, number]>> = {
  'gpt-4o': [2.5, 10],
  'gpt-4o-mini': [0.15, 0.6],
  'gpt-4.1': [2, 8],
  'gpt-4.1-mini': [0.4, 1.6],
  'gpt-4.1-nano': [0.1, 0.4],
  'gpt-5': [1.25, 10],
  'gpt-5-mini': [0.25, 2],
  'gpt-5-nano': [0.05, 0.4],
  'gpt-5.1': [1.25, 10],
  'o4-mini': [1.1, 4.4],
  'text-embedding-3-small': [0.02, 0],
  'text-embedding-3-large': [0.13, 0],
  'text-embedding-ada-002': [0.1, 0],
};

/** List price of a model, also for dated names and names with a provider prefix; null if unknown. */
export function listPrice(model: string): ModelPrice | null {
  const name = model.slice(model.lastIndexOf('/') + 1).replace(/-\d{4}-\d{2}-\d{2}$/, '');
  const [input, output] = (Object.hasOwn(PRICES, name) ? PRICES[name] : undefined) ?? [];
  return input === undefined || output === undefined ? null : { input, output };
}

/** US dollars; null if price or tokens are unknown. */
export const modelCost = (
  price: ModelPrice | null,
  input: number | null,
  output: number | null,
): number | null =>
  price === null || input === null || output === null
    ? null
    : (input * price.input + output * price.output) / 1e6;

/** Null if either is null. */
export const plusTokens = (sum: number | null, more: number | null): number | null =>
  sum === null || more === null ? null : sum + more;
