/** A run of text; `mark` is the number of the evidence it quotes, null for plain text. */
export interface Segment {
  readonly text: string;
  readonly mark: number | null;
  /** Number of characters omitted after `text`. */
  readonly hidden: number;
}

export interface Mark {
  readonly number: number;
  readonly quote: string;
}

/** Splits text at the first occurrence of each quote. If quotes overlap, the earlier one wins, then the longer one. */
export function splitByQuotes(text: string, marks: readonly Mark[]): Segment[] {
  const found = marks
    .filter((mark) => mark.quote !== '')
    .map((mark) => ({ mark, start: text.indexOf(mark.quote) }))
    .filter(({ start }) => start >= 0)
    .sort((a, b) => a.start - b.start || b.mark.quote.length - a.mark.quote.length);
  const segments: Segment[] = [];
  let at = 0;
  for (const { mark, start } of found) {
    const end = start + mark.quote.length;
    if (end <= at) continue;
    if (start > at) segments.push(plain(text.slice(at, start)));
    segments.push({ text: text.slice(Math.max(at, start), end), mark: mark.number, hidden: 0 });
    at = end;
  }
  if (at < text.length) segments.push(plain(text.slice(at)));
  return segments;
}

/** Shortens long plain runs to the text near a mark or the start, so that evidence is visible. */
export function collapse(segments: readonly Segment[], keep = 280): Segment[] {
  return segments.flatMap((segment, i) => {
    const { text } = segment;
    if (segment.mark !== null) return [segment];
    const after = i < segments.length - 1 ? keep : 0;
    if (text.length <= after + 2 * keep) return [segment];
    const head = wholeCharacters(text, keep);
    const tail = after === 0 ? text.length : wholeCharacters(text, text.length - after);
    const parts: Segment[] = [{ text: text.slice(0, head), mark: null, hidden: tail - head }];
    if (tail < text.length) parts.push(plain(text.slice(tail)));
    return parts;
  });
}

const plain = (text: string): Segment => ({ text, mark: null, hidden: 0 });

/** Moves a cut to a nearby space, or at least out of a surrogate pair. */
function wholeCharacters(text: string, at: number): number {
  const space = text.slice(Math.max(0, at - 24), at).search(/\s\S*$/);
  if (space > 0) return Math.max(0, at - 24) + space;
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code <= 0xdbff ? at + 1 : at;
}
