import { access, constants, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { CulpritError } from '../contract/culprit-error.ts';
import { detectorIds, policyFrom } from '../detect/detect.ts';
import { analyze } from '../pipeline.ts';
import { fileSource } from '../platform/file-source.ts';
import { packageVersion, readBuilt } from '../platform/package-file.ts';
import {
  columnMap,
  type Flags,
  parseFlags,
  toAnalyzeOptions,
  withAnalyzeOptions,
} from './analyze-options.ts';
import { embedderFor } from './embedder.ts';
import { checksOf, judgeOf } from './judge.ts';
import { kernelThreads } from './kernel-threads.ts';
import { loadDetectors } from './load-detectors.ts';
import { progressBar } from './progress.ts';
import { rankedList } from './ranked-list.ts';
import { readOptionFile } from './read-option-file.ts';
import { renderReport } from './render-report.ts';

export const analyzeCommand = (): Command =>
  withAnalyzeOptions(
    new Command('analyze')
      .description('rank the root causes in files of traces')
      .argument(
        '<file...>',
        'trace files of any known format, plain, gzip or zstd; - reads standard input',
      )
      .option(
        '--map <columns>',
        'columns of a table or rows, e.g. input=question,output=answer',
        columnMap,
      ),
  ).action(async (files: string[], raw: unknown) => {
    await run(
      files.map((path) => ({ path, name: path })),
      parseFlags(raw),
    );
  });

/** Analyzes files, prints the ranked list or JSON, writes the report. Shared with `demo`. */
export async function run(
  files: readonly { readonly path: string; readonly name: string }[],
  flags: Flags,
): Promise<void> {
  const path = await reportPath(flags);
  const own = await loadDetectors(flags.detector, detectorIds());
  const options = toAnalyzeOptions(flags, {
    detectors: own.detectors,
    policy: await readOptionFile('--policy', flags.policy, policyFrom),
    ...(await checksOf(
      flags,
      own.detectors.map(({ id }) => id),
    )),
  });
  const sources = await Promise.all(
    files.map(async ({ path, name }) => ({ ...(await fileSource(path)), name })),
  );
  const bar = progressBar(process.stderr);
  const threads = kernelThreads();
  const opened: { close: () => Promise<void> }[] = threads === null ? [] : [threads];
  const say = (line: string): void => {
    bar.stop();
    process.stderr.write(`${line}\n`);
  };
  try {
    const judge = await judgeOf(flags, { onOpen: (each) => opened.push(each), say });
    const { analysis, report } = await analyze(sources, options, {
      embedder: await embedderFor(flags, (each) => opened.push(each)),
      version: await packageVersion(),
      progress: bar.update,
      ...(threads && { pool: threads }),
      ...(judge && { judge }),
    });
    bar.stop();
    for (const line of own.slow()) say(line);
    if (path !== null)
      await writeFile(path, renderReport(await readBuilt('web/report.html'), report));
    if (flags.json) process.stdout.write(`${JSON.stringify(analysis)}\n`);
    else
      process.stdout.write(
        rankedList(analysis, {
          top: flags.top,
          width: process.stdout.columns ?? 110,
          reportPath: path,
        }),
      );
  } finally {
    bar.stop();
    for (const each of opened) await each.close();
  }
}

/** Told before anything is read that a report cannot be written. Throws `invalid_option`. */
async function reportPath({ out, json }: Flags): Promise<string | null> {
  if (out === false || (json && typeof out !== 'string')) return null;
  const path = resolve(typeof out === 'string' ? out : 'culprit-report.html');
  const folder = dirname(path);
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new CulpritError(
      'invalid_option',
      `the report cannot be written to ${folder}: no such folder, or not permitted. Name another file with --out, or none with --no-out`,
      { cause },
    );
  });
  return path;
}
