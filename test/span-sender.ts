import { setTimeout as pause } from 'node:timers/promises';

/** Sends spans over HTTP without end, as an exporter does: what was not acknowledged is sent again. */
export interface SpanSender {
  /** Ids of spans that were acknowledged. */
  readonly acknowledged: ReadonlySet<string>;
  /** Answers other than 200, by status; 0 where there was none. */
  readonly refused: ReadonlyMap<number, number>;
  /** Resolves when `count` more spans were acknowledged. */
  readonly more: (count: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Spans in one request, each of a trace of its own or all of one. */
const BATCH = 20;

const hex = (text: string, digits: number): string =>
  Buffer.from(text).toString('hex').padStart(digits, '0').slice(-digits);

/** @param url May change: the server is another process after a restart. */
export function spanSender(url: () => string, prefix: string, lanes = 6): SpanSender {
  const acknowledged = new Set<string>();
  const refused = new Map<number, number>();
  let stopped = false;
  let wake = (): void => {};
  let next = 0;

  const send = async (first: number): Promise<void> => {
    const spans = Array.from({ length: BATCH }, (_, at) => ({
      traceId: hex(`${prefix}${first}`, 32),
      spanId: hex(`${prefix}${first + at}`, 16),
      ...(at > 0 && { parentSpanId: hex(`${prefix}${first}`, 16) }),
      name: 'ask',
      startTimeUnixNano: `${Date.now()}000000`,
      endTimeUnixNano: `${Date.now() + 5}000000`,
      attributes: [{ key: 'input.value', value: { stringValue: `question ${first + at}` } }],
    }));
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
    while (!stopped) {
      const status = await fetch(`${url()}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }).then(
        async (answer) => {
          const text = await answer.text();
          if (answer.status === 200 && text !== '{}') throw new Error(`partial success: ${text}`);
          return answer.status;
        },
        () => 0,
      );
      if (status === 200) {
        for (const { spanId } of spans) acknowledged.add(spanId);
        wake();
        return;
      }
      refused.set(status, (refused.get(status) ?? 0) + 1);
      await pause(20);
    }
  };
  const lane = async (): Promise<void> => {
    while (!stopped) {
      next += BATCH;
      await send(next - BATCH);
    }
  };
  const running = Promise.all(Array.from({ length: lanes }, lane));
  return {
    acknowledged,
    refused,
    async more(count) {
      const goal = acknowledged.size + count;
      while (acknowledged.size < goal) await new Promise<void>((done) => (wake = done));
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
