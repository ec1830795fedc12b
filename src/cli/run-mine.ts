import { dirname, join } from 'node:path';
import { CulpritError } from '../contract/culprit-error.ts';
import { systemClock } from '../llm/endpoint/clock.ts';
import { readSuiteFolder, writeSuiteFiles } from '../platform/suite-folder.ts';
import { toolServer } from '../platform/target/tool-server.ts';
import { printableJson } from '../text/printable.ts';
import { mined, type ReadSuite, suitesIn, tightest } from '../verify/verify.ts';
import { budgetOf } from './budget-of.ts';
import { evalProgress } from './eval-progress.ts';
import { INCOMPLETE } from './exit-code.ts';
import { judgeFor } from './judge.ts';
import { scriptLoader } from './load-script.ts';
import { mineLines, mineRecord } from './mine-lines.ts';
import type { MineOptions } from './mine-options.ts';
import { openTarget } from './open-target.ts';
import { writeResult } from './output.ts';
import { sender } from './send-attempt.ts';
import { stopSignal } from './stop-signal.ts';

/** Makes variants of the cases of one suite, tries them, adds what is kept, prints the four rates. */
export async function runMine(cause: string, options: MineOptions): Promise<void> {
  const read = suiteOf(suitesIn(await readSuiteFolder(options.suite)), cause, options.suite);
  const target = await openTarget(options.target, '--target', null, options);
  const opened: { readonly close: () => Promise<void> }[] = [];
  const judge = await judgeFor(
    { ...options, baseUrl: options.judgeBaseUrl },
    { onOpen: (each) => opened.push(each), say: () => {} },
  );
  const mode = options.toolResults ?? (target.record.kind === 'model' ? 'fifo' : 'live');
  const tools = mode === 'live' || target.record.kind === 'model' ? null : await toolServer();
  const stop = stopSignal();
  const progress = await evalProgress(process.stderr);
  const { maxCalls, maxTokens, maxCost, each, keep, seed, concurrency } = options;
  const given = budgetOf({ calls: maxCalls, tokens: maxTokens, dollars: maxCost });
  try {
    const result = await mined({
      ...{ read, each, keep, seed, concurrency, repeats: options.repeat },
      services: { judge, script: scriptLoader(read.file) },
      isReplayed: mode !== 'live',
      budget: tightest([given, read.suite.register.budget]),
      send: sender({ target, baseline: null, server: tools, clock: systemClock }, options),
      now: () => new Date(systemClock.now()).toISOString(),
      ...{ signal: stop.signal, progress: progress.update },
      added: {
        at: new Date(systemClock.now()).toISOString().slice(0, 10),
        by: 'culprit mine',
      },
    });
    progress.stop();
    if (result.added.length > 0)
      await writeSuiteFiles([
        { path: join(dirname(read.file), read.suite.payload), text: result.payload },
        { path: read.file, text: result.yaml },
      ]);
    const shown = { result, read, options };
    writeResult(options.json ? `${printableJson(mineRecord(shown))}\n` : mineLines(shown));
    if (result.stopped !== null || result.total.made === 0) process.exitCode = INCOMPLETE;
  } finally {
    progress.stop();
    stop.release();
    for (const each of opened) await each.close();
    await tools?.[Symbol.asyncDispose]();
  }
}

/** Throws `invalid_option` for a cause without a suite. */
function suiteOf(suites: readonly ReadSuite[], cause: string, folder: string): ReadSuite {
  const found = suites.find(({ suite }) => suite.cause.id === cause);
  if (found !== undefined) return found;
  const known = suites.map(({ suite }) => suite.cause.id).slice(0, 10);
  throw new CulpritError(
    'invalid_option',
    `${cause} has no suite in ${folder}${known.length === 0 ? '' : `, only ${known.join(', ')}`}: make it with culprit promote traces.jsonl ${cause} --suite ${folder}`,
  );
}
