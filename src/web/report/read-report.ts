import type { Analysis } from '../../contract/analysis.ts';
import type { ReportData } from '../../contract/report.ts';
import { isRecord } from '../../text/json.ts';
import type { ReadPage } from '../shell/read-page.ts';

/** A literal type: it stops compiling when the contract's version moves on without this reader. */
const SUPPORTED: Analysis['version'] = 3;

/** Parses the JSON embedded in the page. Never throws: unreadable text gives a reason in one sentence. */
export function readReport(text: string): ReadPage<ReportData> {
  if (text.trim() === '')
    return unreadable('This report contains no data. Create it again with --out.');
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return unreadable(
      'The data in this report cannot be read: the file is cut short or was edited. Create it again with --out.',
    );
  }
  const analysis = isRecord(data) && isRecord(data['analysis']) ? data['analysis'] : null;
  if (analysis === null)
    return unreadable('This file contains JSON, but not the data of a report.');
  if (analysis['version'] !== SUPPORTED) {
    return unreadable(
      `This report contains data of version ${String(analysis['version']).slice(0, 20)}, but the page reads version ${SUPPORTED}. Create it again with a single version of culprit.`,
    );
  }
  const missing = missingLists(data as Record<string, unknown>, analysis);
  if (missing.length > 0) {
    return unreadable(`The data of this report is incomplete: ${missing.join(', ')} missing.`);
  }
  return { kind: 'page', data: data as ReportData };
}

const LISTS = [
  'files',
  'problems',
  'funnel',
  'gaps',
  'detectors',
  'clusters',
  'otherClusters',
  'levels',
  'failures',
] as const satisfies readonly (keyof Analysis)[];

/** Checks only the top level: the same package wrote the data, and a page with 50,000 failures must open quickly. */
function missingLists(data: Record<string, unknown>, analysis: Record<string, unknown>): string[] {
  return [
    ...LISTS.filter((key) => !Array.isArray(analysis[key])).map((key) => `analysis.${key}`),
    ...(isRecord(analysis['options']) ? [] : ['analysis.options']),
    ...(['categories', 'traces'] as const).filter((key) => !Array.isArray(data[key])),
  ];
}

const unreadable = (message: string): ReadPage<ReportData> => ({ kind: 'unreadable', message });
