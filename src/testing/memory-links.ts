import type { SharedLink, SharedLinks } from '../store/workspace/workspace.ts';

/** Links in memory. */
export function memoryLinks(): SharedLinks {
  const links = new Map<string, SharedLink>();
  const change = (id: string, fields: Partial<SharedLink>): SharedLink | null => {
    for (const [hash, link] of links)
      if (link.id === id) {
        const after = { ...link, ...fields };
        links.set(hash, after);
        return after;
      }
    return null;
  };
  return {
    async add(link, hash) {
      links.set(hash, { ...link, revoked: null, openings: 0, opened: null });
    },
    list: async (project) =>
      [...links.values()].filter((link) => link.project === project).toReversed(),
    find: async (hash) => links.get(hash) ?? null,
    async revoke(project, id, at) {
      const found = [...links.values()].find((link) => link.id === id && link.project === project);
      return found === undefined || found.revoked !== null ? null : change(id, { revoked: at });
    },
    async countOpening(id, at) {
      const found = [...links.values()].find((link) => link.id === id);
      change(id, { openings: (found?.openings ?? 0) + 1, opened: at });
    },
  };
}
