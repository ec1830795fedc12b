import { trend } from '../culprit.ts';
import { printableJson } from '../text/printable.ts';
import { sourcesOf } from './named-files.ts';
import { writeResult } from './output.ts';
import { trendLines } from './trend-lines.ts';
import { inTrendFlags, type TrendCommandOptions } from './trend-options.ts';
import { withInputs } from './with-inputs.ts';

/** Columns of a list that no terminal shows. */
const PIPED_WIDTH = 110;

/** Prints causes and scores by version or over time. */
export async function runTrend(
  files: readonly string[],
  { by, json, analysis }: TrendCommandOptions,
): Promise<void> {
  try {
    await withInputs(analysis, async (inputs, bar) => {
      const sources = await sourcesOf(files.map((path) => ({ path, name: path })));
      const found = await trend(sources, {
        ...inputs.options,
        ...(by !== undefined && { by }),
        progress: bar.update,
      });
      bar.stop();
      writeResult(
        json
          ? `${printableJson(found)}\n`
          : trendLines(found, {
              width: process.stdout.columns ?? PIPED_WIDTH,
              top: analysis.top,
            }),
      );
    });
  } catch (error) {
    throw inTrendFlags(error);
  }
}
