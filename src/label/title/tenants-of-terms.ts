/**
 * Whether a term occurs in the documents of more than one tenant, so that a title may use it. With
 * fewer than two tenants, a title may use every term.
 */
export function sharedByTenants(
  documents: readonly ReadonlySet<string>[],
  tenants: readonly (string | null)[],
): (term: string) => boolean {
  if (new Set(tenants).size < 2) return () => true;
  const first = new Map<string, string | null>();
  const shared = new Set<string>();
  for (const [index, document] of documents.entries()) {
    const tenant = tenants[index] ?? null;
    for (const term of document) {
      const seen = first.get(term);
      if (seen === undefined) first.set(term, tenant);
      else if (seen !== tenant) shared.add(term);
    }
  }
  return (term) => shared.has(term);
}
