/** Answers are read to this size: 10,000 vectors of 1,024 numbers in text are smaller. */
const MAX_BODY = 64 * 1024 * 1024;

/**
 * A fetch for endpoints that a user named: it follows no redirect, so that texts and keys reach no
 * other host, and reads at most `maxBytes` (64 MiB) of an answer, compressed or not.
 */
export const boundedFetch =
  (maxBytes: number = MAX_BODY): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'manual' });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      return refusal(
        421,
        'it redirects to another address, which is not followed; name that address',
      );
    }
    if (announced(response.headers) <= maxBytes) return response;
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) return refusal(413, `an answer of more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
    return new Response(size === 0 ? null : Buffer.concat(chunks, size), {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };

/** Bytes that an answer has at most, as its headers say; infinite where they do not, or where it is compressed. */
function announced(headers: Headers): number {
  const length = headers.get('content-length');
  return length === null || headers.has('content-encoding')
    ? Number.POSITIVE_INFINITY
    : Number(length);
}

/** An error answer in the form that endpoints give. */
const refusal = (status: number, message: string): Response =>
  Response.json({ error: { message } }, { status });
