import { expect, test } from 'vitest';
import { readEvents, type StreamEvent } from './event-stream.ts';

const streamOf = (
  pieces: readonly string[],
  ends = true,
): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      if (ends) controller.close();
    },
  });

async function heard(pieces: readonly string[], ends = true): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  await readEvents(streamOf(pieces, ends), 50, (event) => events.push(event));
  return events;
}

test('events are read however the stream is cut', async () => {
  const text =
    'event: start\ndata: {}\nid: 4\n\n: here\n\nevent: change\ndata: {"of":"decisions"}\nid: 5\n\n';
  const expected = [
    { kind: 'start', data: {}, id: '4' },
    { kind: 'change', data: { of: 'decisions' }, id: '5' },
  ];
  expect(await heard([text])).toEqual(expected);
  expect(await heard([...text])).toEqual(expected);
});

test('events of the moment have no id', async () => {
  expect(await heard(['event: arriving\ndata: {"openTraces":3}\n\n'])).toEqual([
    { kind: 'arriving', data: { openTraces: 3 }, id: null },
  ]);
});

test('a stream that falls silent counts as ended', async () => {
  expect(await heard([': here\n\n'], false)).toEqual([]);
});
