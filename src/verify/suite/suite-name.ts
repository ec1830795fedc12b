const LONGEST = 60;

/** A cause’s title as the name of its file: lowercase words joined by hyphens; its id likewise where the title has no words. */
export const suiteName = (title: string, id: string): string =>
  joined(title.toLowerCase()) || joined(id.toLowerCase()) || 'cause';

function joined(text: string): string {
  let name = '';
  for (const word of text.match(/[a-z0-9]+/g) ?? []) {
    if (name.length + word.length + 1 > LONGEST) break;
    name = name === '' ? word : `${name}-${word}`;
  }
  return name;
}
