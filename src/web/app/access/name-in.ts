/** The name of an id. On a server where nobody signs in, an id is the name that somebody gave. */
export function nameIn(names: ReadonlyMap<string, string>, id: string): string {
  if (id === 'local') return 'on this machine';
  return names.get(id) ?? (/^[0-9a-f]{24}$/.test(id) ? 'somebody' : id);
}
