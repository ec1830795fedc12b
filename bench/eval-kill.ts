import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSuite } from '../test/eval-suite.ts';
import { killAndResume } from '../test/kill-and-resume.ts';

/**
 * A run of 800 attempts that is killed with `kill -9` at ten random moments and resumed after each.
 *
 * node bench/eval-kill.ts [SEED]
 */
const CASES = 160;
const REPEATS = 5;
const KILLS = 10;
const planned = CASES * REPEATS;
const seed = Number(process.argv[2] ?? 1);
const folder = mkdtempSync(join(tmpdir(), 'culprit-bench-kill-'));
try {
  writeSuite(folder, { guards: CASES - 40, controls: 40, register: { repeats: REPEATS } });
  const killed = await killAndResume(folder, { planned, kills: KILLS, seed });
  const { attempts, asked, kills, paidTwice, inFlight, status } = killed;
  const flagged = attempts.filter(({ maybeChargedTwice }) => maybeChargedTwice);
  const requests = [...asked.values()].reduce((sum, count) => sum + count, 0);
  console.table(kills);
  console.table({
    'exit code': status,
    'attempts planned': planned,
    'attempts in the record': attempts.length,
    'different attempts in the record': new Set(
      attempts.map((each) => `${each.case} ${each.repeat}`),
    ).size,
    'requests that the endpoint got': requests,
    'recorded attempts asked again': paidTwice.length,
    'attempts in flight at a kill': inFlight.size,
    'of them listed as possibly charged twice': flagged.length,
    'of them asked more than once': [...asked.values()].filter((count) => count > 1).length,
  });
} finally {
  rmSync(folder, { recursive: true });
}
