import { CulpritError } from '../contract/culprit-error.ts';
import { byDimension } from '../contract/dimension.ts';
import { parseAnalysis, parseReport } from '../contract/parse-analysis.ts';
import type { ReportData } from '../contract/report.ts';
import { taxonomy } from '../detect/detect.ts';
import { fileSource } from '../platform/file-source.ts';
import { templateData } from '../platform/report-template.ts';

const MOST_BYTES = 400_000_000;

/** The whole of a file, or of standard input for `-`. Throws `unreadable_file`. */
export async function reportText(path: string): Promise<string> {
  const source = await fileSource(path, { maxBytes: MOST_BYTES });
  try {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of source.open()) text += decoder.decode(chunk, { stream: true });
    return text + decoder.decode();
  } finally {
    await source.close?.();
  }
}

/** The data of a report, or of an analysis alone. Throws `unknown_format` for anything else, `old_analysis`. */
export function sourceIn(text: string, file: string): ReportData {
  const data = templateData(text);
  if (data !== null) return parseReport(data);
  if (!text.trimStart().startsWith('{'))
    throw new CulpritError(
      'unknown_format',
      `${file} is no report of culprit and no output of culprit analyze --json`,
    );
  const analysis = parseAnalysis(text);
  return {
    analysis,
    categories: taxonomy({ detectors: [], checks: [] }),
    traces: [],
    pairs: [],
    population: NO_POPULATION,
    passing: [],
    traceUrl: analysis.options.traceUrl,
    archive: '',
  };
}

const NO_POPULATION: ReportData['population'] = {
  values: byDimension(() => []),
  columns: byDimension(() => []),
  ...{ bucket: [], traces: [], failed: [], scale: 1 },
};
