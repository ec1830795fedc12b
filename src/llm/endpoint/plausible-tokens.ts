/** No request holds more: the longest contexts are of tens of millions of tokens. */
const MOST_TOKENS = 1e9;

/** Tokens as billed; null when the endpoint does not say, or says what no request can need. */
export const plausibleTokens = (tokens: number | null | undefined): number | null =>
  typeof tokens === 'number' && Number.isInteger(tokens) && tokens >= 0 && tokens <= MOST_TOKENS
    ? tokens
    : null;
