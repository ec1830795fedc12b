/** An id made of a name, of small letters, digits and dashes, that is not taken. */
export function newId(name: string, taken: readonly string[], most = 56): string {
  const base =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, most - 3) || 'unnamed';
  let id = base;
  for (let next = 2; taken.includes(id); next++) id = `${base}-${next}`;
  return id;
}
