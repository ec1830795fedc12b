/** Byte order of text in UTF-16: by its mark, else by where the zeros of its first characters are. Null for other bytes. */
export function utf16Order(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const isText = (byte: number | undefined): boolean =>
    byte !== undefined && (byte === 10 || byte === 13 || (byte >= 0x20 && byte < 0x7f));
  if (head.length < 8) return null;
  if (isText(a) && b === 0 && isText(c) && d === 0) return 'utf-16le';
  return a === 0 && isText(b) && c === 0 && isText(d) ? 'utf-16be' : null;
}

/** The same text in UTF-8, piece by piece, without the byte order mark. */
export function utf8From(order: 'utf-16le' | 'utf-16be'): (bytes: Uint8Array | null) => Uint8Array {
  const decoder = new TextDecoder(order);
  const encoder = new TextEncoder();
  return (bytes) =>
    encoder.encode(bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true }));
}
