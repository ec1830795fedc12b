/**
 * A name as an id of small letters and digits: `Wrong tool` becomes `wrong-tool`, or `wrong-tool-2` if that is taken.
 * @param joint stands for everything between words; default `-`
 * @param most characters of the id, without its number; default 56
 * @param or the id of a name without any letter or digit of the Latin alphabet; default `unnamed`
 */
export function nameId(
  name: string,
  {
    joint = '-',
    most = 56,
    taken = [],
    or = 'unnamed',
  }: {
    readonly joint?: '-' | '_';
    readonly most?: number;
    readonly taken?: readonly string[];
    readonly or?: string;
  } = {},
): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
    ?.join(joint)
    .slice(0, most)
    .replace(/[-_]$/, '');
  const base = plain ?? or;
  let id = base;
  for (let next = 2; taken.includes(id); next++) id = `${base}${joint}${next}`;
  return id;
}
