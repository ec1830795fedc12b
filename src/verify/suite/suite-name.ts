const LONGEST = 60;

/** A cause’s title as the name of its file: lowercase words joined by hyphens; the id where the title has no words. */
export function suiteName(title: string, id: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  let name = '';
  for (const word of words) {
    if (name.length + word.length + 1 > LONGEST) break;
    name = name === '' ? word : `${name}-${word}`;
  }
  return name === '' ? id : name;
}
