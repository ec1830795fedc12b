import { useEffect, useRef } from 'react';
import { type Asking, keptKey, useAsking } from './asking.ts';

/** Milliseconds until it listens again after the stream broke off. */
const PAUSE = 3_000;

/** Calls back with every event of the project, as long as the page is there. What a break hides, regular questions show. */
export function useEvents(onEvent: (kind: string, data: unknown) => void): void {
  const { project } = useAsking();
  const latest = useRef(onEvent);
  useEffect(() => {
    latest.current = onEvent;
  });
  useEffect(() => {
    const ended = new AbortController();
    void listen(project, ended.signal, (kind, data) => latest.current(kind, data));
    return () => ended.abort();
  }, [project]);
}

async function listen(
  project: Asking['project'],
  signal: AbortSignal,
  onEvent: (kind: string, data: unknown) => void,
): Promise<void> {
  const key = keptKey();
  const headers = {
    'x-culprit-project': project,
    ...(key !== null && { authorization: `Bearer ${key}` }),
  };
  while (!signal.aborted) {
    try {
      const answer = await fetch('/api/v1/events', { headers, signal });
      if (answer.ok && answer.body !== null) await read(answer.body, onEvent);
    } catch {
      // The server is away; the next try comes.
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

async function read(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onEvent: (kind: string, data: unknown) => void,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const kind = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (kind !== undefined && data !== undefined) onEvent(kind, JSON.parse(data));
    }
  }
}
