import { openTelemetryStore } from '../../src/store/telemetry/telemetry.ts';
import { spanRow } from './sample-rows.ts';

/**
 * A process that writes spans without end, for tests that kill it. Arguments: data folder, prefix of span ids. Says `engine PID`
 * when it is ready, `ok FIRST LAST` for each batch that was acknowledged. Sends a failed batch again.
 */
const [, , folder = '', prefix = ''] = process.argv;
const store = await openTelemetryStore({ home: { folder } });
process.stdout.write(`engine ${store.engine?.pid()}\n`);

const BATCH = 50;
let next = 0;
async function write(): Promise<void> {
  for (;;) {
    const first = next;
    next += BATCH;
    const records = Array.from({ length: BATCH }, (_, at) =>
      spanRow({ traceId: `${prefix}-${first}`, spanId: `${prefix}-${first + at}` }),
    );
    while (
      !(await store.insert({ records }).then(
        () => true,
        () => false,
      ))
    )
      await new Promise((resolve) => setTimeout(resolve, 50));
    const pid = store.engine?.pid();
    process.stdout.write(`ok ${first} ${first + BATCH - 1}\nengine ${pid}\n`);
  }
}
await Promise.all(Array.from({ length: 8 }, write));
