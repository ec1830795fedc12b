import { renderChanges, trend } from '../culprit.ts';
import { printableJson } from '../text/printable.ts';
import { inputOf } from './named-files.ts';
import { outputWidth } from './output.ts';
import { CHANGE_TITLE } from './page-options.ts';
import { present, reportFile, reportLine } from './report-file.ts';
import type { StoreOptions } from './store-options.ts';
import { trendLines } from './trend-lines.ts';
import { inTrendFlags, type TrendCommandOptions } from './trend-options.ts';
import { withInputs } from './with-inputs.ts';

/** Prints causes and scores by version or over time. */
export async function runTrend(
  { files, store }: { readonly files: readonly string[]; readonly store: StoreOptions },
  { by, json, analysis, out, open }: TrendCommandOptions,
): Promise<void> {
  const path = out === undefined ? null : await reportFile(out, files, CHANGE_TITLE);
  try {
    await withInputs(
      analysis,
      async (options, progress) => {
        const named = files.map((file) => ({ path: file, name: file }));
        const sources = await inputOf(named, store);
        return trend(sources, { ...options, ...(by !== undefined && { by }), progress });
      },
      (found, say) =>
        present({ path, open }, () => renderChanges(found), {
          say,
          textOf: (report) =>
            json
              ? `${printableJson(found)}\n`
              : `${trendLines(found, { width: outputWidth(), top: analysis.top })}${reportLine(report)}`,
        }),
    );
  } catch (error) {
    throw inTrendFlags(error);
  }
}
