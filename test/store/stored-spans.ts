import { openTelemetryStore } from '../../src/store/telemetry/telemetry.ts';

/** How often each span of a project is stored in a data folder that nobody serves, by its id. */
export async function storedSpans(
  folder: string,
  project: string,
): Promise<ReadonlyMap<string, number>> {
  const store = await openTelemetryStore({ home: { folder } });
  const found = new Map<string, number>();
  try {
    for await (const { records } of store.stream({ project }))
      for (const record of records)
        if (record.kind === 'span')
          found.set(record.span.spanId, (found.get(record.span.spanId) ?? 0) + 1);
    return found;
  } finally {
    await store.close();
  }
}
