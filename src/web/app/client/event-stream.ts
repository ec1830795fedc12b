/** One event of the server, as it stands in the stream. */
export interface StreamEvent {
  readonly kind: string;
  readonly data: unknown;
  /** Null for events of the moment, which are never repeated. */
  readonly id: string | null;
}

/** Reads events as they come, and returns when the stream ends or nothing was heard for `silence` milliseconds. */
export async function readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  silence: number,
  onEvent: (event: StreamEvent) => void,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const late = setTimeout(() => void reader.cancel(), silence);
    const { done, value } = await reader.read().finally(() => clearTimeout(late));
    if (done) return;
    text += value;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string): string | null =>
        new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null;
      const kind = field('event');
      const data = field('data');
      if (kind !== null && data !== null)
        onEvent({ kind, data: JSON.parse(data), id: field('id') });
    }
  }
}
