import { readFile } from 'node:fs/promises';
import type { Analysis } from '../contract/analysis.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Diff } from '../contract/diff.ts';
import { parseAnalysis } from '../contract/parse-analysis.ts';
import { diff, renderChanges } from '../culprit.ts';
import { diffMarkdown } from '../handoff/handoff.ts';
import { printableJson } from '../text/printable.ts';
import { analysisInputs } from './analysis-inputs.ts';
import { diffLines } from './diff-lines.ts';
import { type DiffCommandOptions, inDiffFlags } from './diff-options.ts';
import { exitCodeOf, GATE_FAILED, NO_EVIDENCE } from './exit-code.ts';
import { sourcesOf } from './named-files.ts';
import { writeMessage, writeResult } from './output.ts';
import { CHANGE_TITLE } from './page-options.ts';
import { progressBar } from './progress.ts';
import { openInBrowser, reportFile, reportLine, written } from './report-file.ts';

/** Compares the files, prints what changed, and says by the exit code whether the gate holds. */
export async function runDiff(
  file: string,
  after: string | null,
  options: DiffCommandOptions,
): Promise<void> {
  const { by, from, to, against, split, analysis, out, open } = options;
  const inputFiles = [file, after, against].filter((path) => path != null);
  const path = out === undefined ? null : await reportFile(out, inputFiles, CHANGE_TITLE);
  const bar = await progressBar(process.stderr, analysis.judge !== undefined);
  const opened: { readonly close: () => Promise<void> }[] = [];
  const say = (line: string): void => {
    bar.stop();
    writeMessage(line);
  };
  const stop = (): void => {
    say('stopped');
    process.exit(exitCodeOf('aborted'));
  };
  process.once('SIGINT', stop);
  try {
    const record = against === undefined ? null : await recordIn(against);
    const inputs = await analysisInputs(analysis, { onOpen: (each) => opened.push(each), say });
    const sources = (each: string) => sourcesOf([{ path: each, name: each }]);
    const result = await diff(
      after === null
        ? await sources(file)
        : { before: await sources(file), after: await sources(after), names: namesOf(file, after) },
      {
        ...inputs.options,
        ...(by !== undefined && { by }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(record !== null && { against: record }),
        ...(split !== undefined && { expectedShare: split }),
        progress: bar.update,
      },
    );
    bar.stop();
    for (const line of inputs.slow()) say(line);
    const unwritten = path === null ? null : await written(path, await renderChanges(result));
    writeResult(textOf(result.diff, options, unwritten === null ? path : null));
    if (unwritten !== null) throw unwritten;
    if (open && path !== null) await openInBrowser(path, say);
    process.exitCode = codeOf(result.diff, options);
  } catch (error) {
    throw inDiffFlags(error);
  } finally {
    process.off('SIGINT', stop);
    bar.stop();
    for (const each of opened) await each.close();
  }
}

/** Columns of a list that no terminal shows. */
const PIPED_WIDTH = 110;

function textOf(
  found: Diff,
  { json, markdown, analysis: { top } }: DiffCommandOptions,
  report: string | null,
): string {
  if (json) return `${printableJson(found)}\n`;
  if (markdown) return diffMarkdown(found);
  return `${diffLines(found, { width: process.stdout.columns ?? PIPED_WIDTH, top })}${reportLine(report)}`;
}

/** With fewer on a side nothing is tested. */
const LEAST_TRACES = 100;

/** 100 if a cause is in one of the states asked for, 3 if nothing could be tested, else 0. */
function codeOf(found: Diff, { failOn }: DiffCommandOptions): number {
  if (failOn === undefined) return 0;
  const { causes, noRates, tested, before, after } = found;
  const isFailed = causes.some(
    ({ isNamed, isMix, state }) => isNamed && !isMix && failOn.includes(state),
  );
  if (isFailed) return GATE_FAILED;
  const isUnknown =
    tested === 0 && (causes.length > 0 || Math.min(before.traces, after.traces) < LEAST_TRACES);
  return noRates !== null || isUnknown ? NO_EVIDENCE : 0;
}

/** An analysis as `analyze --json` printed it. Throws `unreadable_file`, and what `parseAnalysis` throws. */
async function recordIn(path: string): Promise<Analysis> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CulpritError('unreadable_file', `--against ${path}: cannot be read`, { cause });
  });
  try {
    return parseAnalysis(text);
  } catch (error) {
    throw inFile(error, path);
  }
}

/** The error with the file that it is about. */
const inFile = (error: unknown, path: string): unknown =>
  error instanceof CulpritError
    ? new CulpritError(error.code, `--against ${path}: ${error.message}`, { cause: error })
    : error;

/** Without their folders, if the names differ then. */
function namesOf(before: string, after: string): readonly [string, string] {
  const [one, other] = [before, after].map((path) => path.replace(/\/+$/, '').replace(/^.*\//, ''));
  return one === other || one === '' || other === '' ? [before, after] : [one!, other!];
}
