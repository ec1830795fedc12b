import type { Sink } from './sink.ts';

const NEWLINE = 10;

/**
 * Decodes UTF-8 that begins in a line of the file, or nowhere in particular (null). Bytes that are
 * no UTF-8 become U+FFFD and are remarked on as `not_utf8`, once for each line that holds some.
 */
export function utf8Text(sink: Sink): (bytes: Uint8Array, line: number | null) => string {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
  const decode = (bytes: Uint8Array): string | null => {
    try {
      return strict.decode(bytes);
    } catch {
      return null;
    }
  };
  return (bytes, line) => {
    const whole = decode(bytes);
    if (whole !== null) return whole;
    const texts: string[] = [];
    for (let from = 0; from < bytes.length; ) {
      const newline = bytes.indexOf(NEWLINE, from);
      const end = newline < 0 ? bytes.length : newline + 1;
      const part = bytes.subarray(from, end);
      const text = decode(part);
      if (text === null) {
        const at = line === null ? null : line + texts.length;
        sink.remark(
          'not_utf8',
          'bytes that are not UTF-8 were replaced; save the file as UTF-8',
          at,
        );
      }
      texts.push(text ?? lenient.decode(part));
      from = end;
    }
    return texts.join('');
  };
}
