import { testEngine } from './test-engine.ts';

/** The embedded engine as a server, for CLICKHOUSE_TEST_URL: `node test/store/engine-server.ts 8123`, until it is stopped. */
const { url, close } = await testEngine(Number(process.argv[2] ?? 0));
process.stdout.write(`${url}\n`);
process.once('SIGTERM', close);
process.once('SIGINT', close);
