import { plausibleTokens } from '../endpoint/plausible-tokens.ts';

/** Tokens as billed; null when unknown. Providers for older versions of the AI SDK give a plain number, or nothing. */
export const totalOf = (
  given: { readonly total: number | undefined } | number | undefined,
): number | null => plausibleTokens(typeof given === 'object' ? given.total : given);
