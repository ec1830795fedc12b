/** Shortest quote that is accepted, without white space, unless it is the whole text. */
const SHORTEST = 6;

/**
 * The words of `text` that a quote refers to, as they are in the text, or null when they are not there.
 * White space, invisible characters, and the shape of quotation marks and dashes do not count: models
 * change them. Linear in both.
 */
export function locate(text: string, quote: string): string | null {
  const wanted = squeeze(quote).text;
  const { text: squeezed, positions } = squeeze(text);
  if (wanted === '' || (wanted.length < SHORTEST && wanted !== squeezed)) return null;
  const at = squeezed.indexOf(wanted);
  if (at < 0) return null;
  return text.slice(positions[at]!, positions[at + wanted.length - 1]! + 1);
}

/** The text without ignored characters, and the original position of each unit. */
function squeeze(text: string): { text: string; positions: number[] } {
  const positions: number[] = [];
  let squeezed = '';
  for (let index = 0; index < text.length; index += 1) {
    const unit = text[index]!;
    const isPlain = unit > ' ' && unit <= '~';
    if (!isPlain && IGNORED.test(unit)) continue;
    squeezed += isPlain ? unit : (ALIKE[unit] ?? unit);
    positions.push(index);
  }
  return { text: squeezed, positions };
}

const IGNORED = /[\s\p{Cf}\p{Cc}]/u;
const ALIKE: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
};
