import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EngineProcess, startEngine } from '../../src/store/telemetry/engine-process.ts';

export interface TestEngine {
  readonly engine: EngineProcess;
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** An engine of its own on a TCP port (0: any that is free) and a fresh folder. */
export async function testEngine(port = 0): Promise<TestEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'culprit-engine-'));
  const engine = await startEngine({
    folder: join(folder, 'telemetry'),
    listen: port,
    scratch: join(folder, 'scratch'),
    backups: join(folder, 'backups'),
    memoryBytes: 900_000_000,
    sessions: 4,
    database: 'culprit',
  });
  return {
    engine,
    url: `http://127.0.0.1:${engine.port}`,
    async close() {
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
