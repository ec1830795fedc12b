import type { Json } from '../../contract/json.ts';
import type { Container, Sink } from '../container/sink.ts';

/** A sink that writes down what it is given. */
export interface SpySink extends Sink {
  readonly values: Json[];
  readonly lines: (number | null)[];
  readonly messages: Uint8Array[];
  readonly problems: { code: string; line: number | null }[];
  readonly remarks: { code: string; line: number | null }[];
}

export function spySink(): SpySink {
  const values: Json[] = [];
  const lines: (number | null)[] = [];
  const messages: Uint8Array[] = [];
  const problems: { code: string; line: number | null }[] = [];
  const remarks: { code: string; line: number | null }[] = [];
  return {
    values,
    lines,
    messages,
    problems,
    remarks,
    value(value, line) {
      values.push(value);
      lines.push(line);
    },
    message: (bytes) => messages.push(bytes),
    broken: (code, _message, line) => problems.push({ code, line }),
    remark: (code, _message, line) => remarks.push({ code, line }),
  };
}

/** Feeds `text` in pieces of `size` bytes. */
export function feed(container: Container, text: string | Uint8Array, size = 1 << 20): void {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += size) {
    container.push(bytes.subarray(at, at + size));
    while (container.step?.());
  }
  container.end();
  while (container.step?.());
}
