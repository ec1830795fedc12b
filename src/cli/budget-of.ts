import type { Budget } from '../contract/suite.ts';

/** A budget of what was given; what is missing is not bounded. */
export const budgetOf = ({
  calls,
  tokens,
  dollars,
}: { readonly [unit in keyof Budget]?: number | undefined }): Budget => ({
  ...(calls === undefined ? {} : { calls }),
  ...(tokens === undefined ? {} : { tokens }),
  ...(dollars === undefined ? {} : { dollars }),
});
