import { renderChanges, trend } from '../culprit.ts';
import { printableJson } from '../text/printable.ts';
import { sourcesOf } from './named-files.ts';
import { writeMessage, writeResult } from './output.ts';
import { CHANGE_TITLE } from './page-options.ts';
import { openInBrowser, reportFile, reportLine, written } from './report-file.ts';
import { trendLines } from './trend-lines.ts';
import { inTrendFlags, type TrendCommandOptions } from './trend-options.ts';
import { withInputs } from './with-inputs.ts';

/** Columns of a list that no terminal shows. */
const PIPED_WIDTH = 110;

/** Prints causes and scores by version or over time. */
export async function runTrend(
  files: readonly string[],
  { by, json, analysis, out, open }: TrendCommandOptions,
): Promise<void> {
  const path = out === undefined ? null : await reportFile(out, files, CHANGE_TITLE);
  try {
    await withInputs(analysis, async (inputs, bar) => {
      const sources = await sourcesOf(files.map((file) => ({ path: file, name: file })));
      const found = await trend(sources, {
        ...inputs.options,
        ...(by !== undefined && { by }),
        progress: bar.update,
      });
      bar.stop();
      const unwritten = path === null ? null : await written(path, await renderChanges(found));
      const width = process.stdout.columns ?? PIPED_WIDTH;
      writeResult(
        json
          ? `${printableJson(found)}\n`
          : `${trendLines(found, { width, top: analysis.top })}${reportLine(unwritten === null ? path : null)}`,
      );
      if (unwritten !== null) throw unwritten;
      if (open && path !== null) await openInBrowser(path, writeMessage);
    });
  } catch (error) {
    throw inTrendFlags(error);
  }
}
