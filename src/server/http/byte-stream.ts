/** The bytes of an answer. A fault on the way breaks the connection off, so that nobody takes a part for the whole. */
export function byteStream(
  first: IteratorResult<Uint8Array>,
  rest: AsyncIterator<Uint8Array>,
  onError: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  let next = first;
  return new ReadableStream({
    async pull(controller) {
      try {
        if (next.done) controller.close();
        else {
          controller.enqueue(next.value);
          next = await rest.next();
        }
      } catch (error) {
        onError(error);
        controller.error(error);
      }
    },
    async cancel() {
      await rest.return?.();
    },
  });
}
