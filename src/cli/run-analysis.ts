import { access, constants, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ByteSource } from '../contract/byte-source.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { analyze, renderReport } from '../culprit.ts';
import { fileSource } from '../platform/file-source.ts';
import { analysisInputs } from './analysis-inputs.ts';
import { type CommandOptions, inFlags } from './command-options.ts';
import { progressBar } from './progress.ts';
import { rankedList } from './ranked-list.ts';

/** A file to analyze, under the name that people see. */
export interface NamedFile {
  readonly path: string;
  readonly name: string;
}

/** Analyzes files, prints the ranked list or JSON, writes the report. */
export async function runAnalysis(
  files: readonly NamedFile[],
  options: CommandOptions,
): Promise<void> {
  const path = await reportPath(options);
  const bar = progressBar(process.stderr);
  const opened: { readonly close: () => Promise<void> }[] = [];
  const say = (line: string): void => {
    bar.stop();
    process.stderr.write(`${line}\n`);
  };
  try {
    const inputs = await analysisInputs(options, { onOpen: (each) => opened.push(each), say });
    const { analysis, report } = await analyze(await Promise.all(files.map(source)), {
      ...inputs.options,
      progress: bar.update,
    });
    bar.stop();
    for (const line of inputs.slow()) say(line);
    if (path !== null) await writeFile(path, await renderReport(report));
    if (options.json) process.stdout.write(`${JSON.stringify(analysis)}\n`);
    else
      process.stdout.write(
        rankedList(analysis, {
          top: options.top,
          width: process.stdout.columns ?? 110,
          reportPath: path,
        }),
      );
  } catch (error) {
    throw inFlags(error);
  } finally {
    bar.stop();
    for (const each of opened) await each.close();
  }
}

const source = async ({ path, name }: NamedFile): Promise<ByteSource> => ({
  ...(await fileSource(path)),
  name,
});

/** Checks before anything is read that the report can be written. Throws `invalid_option`. */
async function reportPath({ out, json }: CommandOptions): Promise<string | null> {
  if (out === false || (json && out === undefined)) return null;
  const path = resolve(out ?? 'culprit-report.html');
  const folder = dirname(path);
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new CulpritError(
      'invalid_option',
      `the report cannot be written to ${folder}: no such folder, or no permission. Name another file with --out, or write no report with --no-out`,
      { cause },
    );
  });
  return path;
}
