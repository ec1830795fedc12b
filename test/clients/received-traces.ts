import type { Trace } from '../../src/contract/trace.ts';
import type { TestServer } from '../../src/testing/test-server.ts';

/** A trace as the API tells it, with its verdict. */
export interface ReceivedTrace {
  readonly summary: { readonly failed: boolean; readonly signals: readonly string[] };
  readonly trace: Trace;
}

/** Everything that a server was sent, finished and judged, in order of time. */
export async function receivedTraces(
  server: Pick<TestServer, 'rest' | 'get'>,
): Promise<readonly ReceivedTrace[]> {
  await server.rest(600_000);
  const list = (await (await server.get('/api/v1/traces?limit=100')).json()) as {
    readonly items: readonly { readonly id: string }[];
  };
  const found: ReceivedTrace[] = [];
  for (const { id } of list.items.toReversed())
    found.push((await (await server.get(`/api/v1/traces/${id}`)).json()) as ReceivedTrace);
  return found;
}
