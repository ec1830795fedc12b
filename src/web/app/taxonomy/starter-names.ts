/** What the taxonomies to begin with are called, by their names in the API. */
export const STARTER_NAMES: Readonly<Record<string, string>> = {
  method: 'Nine failure modes',
  trail: 'TRAIL',
  mast: 'MAST',
};
