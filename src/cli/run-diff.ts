import { readFile } from 'node:fs/promises';
import type { Analysis } from '../contract/analysis.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Diff } from '../contract/diff.ts';
import { parseAnalysis } from '../contract/parse-analysis.ts';
import { diff, renderChanges } from '../culprit.ts';
import { diffMarkdown } from '../handoff/handoff.ts';
import { printableJson } from '../text/printable.ts';
import { diffLines } from './diff-lines.ts';
import { type DiffCommandOptions, inDiffFlags } from './diff-options.ts';
import { GATE_FAILED, NO_EVIDENCE } from './exit-code.ts';
import { sourcesOf } from './named-files.ts';
import { outputWidth } from './output.ts';
import { CHANGE_TITLE } from './page-options.ts';
import { present, reportFile, reportLine } from './report-file.ts';
import { withInputs } from './with-inputs.ts';

/** Compares the files, prints what changed, and says by the exit code whether the gate holds. */
export async function runDiff(
  file: string,
  after: string | null,
  options: DiffCommandOptions,
): Promise<void> {
  const { by, from, to, against, split, analysis, out, open } = options;
  const inputFiles = [file, after, against].filter((path) => path != null);
  const path = out === undefined ? null : await reportFile(out, inputFiles, CHANGE_TITLE);
  try {
    await withInputs(
      analysis,
      async (given, progress) => {
        const record = against === undefined ? null : await recordIn(against);
        const sources = (each: string) => sourcesOf([{ path: each, name: each }]);
        return diff(
          after === null
            ? await sources(file)
            : {
                before: await sources(file),
                after: await sources(after),
                names: namesOf(file, after),
              },
          {
            ...given,
            ...(by !== undefined && { by }),
            ...(from !== undefined && { from }),
            ...(to !== undefined && { to }),
            ...(record !== null && { against: record }),
            ...(split !== undefined && { expectedShare: split }),
            progress,
          },
        );
      },
      async (result, say) => {
        await present({ path, open }, () => renderChanges(result), {
          say,
          textOf: (report) => textOf(result.diff, options, report),
        });
        process.exitCode = codeOf(result.diff, options);
      },
    );
  } catch (error) {
    throw inDiffFlags(error);
  }
}

function textOf(
  found: Diff,
  { json, markdown, analysis: { top } }: DiffCommandOptions,
  report: string | null,
): string {
  if (json) return `${printableJson(found)}\n`;
  if (markdown) return diffMarkdown(found);
  return `${diffLines(found, { width: outputWidth(), top })}${reportLine(report)}`;
}

/** With fewer on a side nothing is tested. */
const LEAST_TRACES = 100;

/** 100 if causes or unexplained failures are in one of the states asked for, 3 if nothing could be tested, else 0. */
function codeOf(found: Diff, { failOn }: DiffCommandOptions): number {
  if (failOn === undefined) return 0;
  const { causes, noRates, tested, before, after } = found;
  const isFailed = causes.some(({ isMix, state }) => !isMix && failOn.includes(state));
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
