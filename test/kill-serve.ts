import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type ServeProcess, serveProcess } from './serve-process.ts';
import { spanSender } from './span-sender.ts';
import { storedSpans } from './store/stored-spans.ts';

/**
 * `culprit serve` under load over HTTP, with `kill -9` of the engine and of the process itself in each round: every
 * acknowledged span is stored, once. Spans between two kills are counted, so that kills fall into any moment.
 */
export async function killServe(rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-kill-'));
  let serving: ServeProcess | null = await serveProcess(folder);
  const sender = spanSender(() => serving?.url ?? 'http://127.0.0.1:9', 'k');
  try {
    for (let round = 0; round < rounds; round++) {
      await sender.more(200 + 37 * (round % 7));
      const [engine] = serving!.children();
      process.kill(engine!, 'SIGKILL');
      // It goes on by itself once the engine is back.
      await sender.more(200 + 53 * (round % 5));
      await serving!.end('SIGKILL');
      serving = null;
      serving = await serveProcess(folder);
    }
    await sender.more(100);
    await sender.stop();
    expect(await serving!.end('SIGTERM')).toBe(0);
    expect([...sender.refused.keys()].filter((status) => ![0, 503, 429].includes(status))).toEqual(
      [],
    );
    const found = await storedSpans(folder, 'default');
    expect(sender.acknowledged.size).toBeGreaterThan(rounds * 400);
    expect([...sender.acknowledged].filter((id) => found.get(id) !== 1)).toEqual([]);
    expect(Math.max(...found.values())).toBe(1);
  } finally {
    await sender.stop();
    serving?.process.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}
