import { CulpritError } from '../contract/culprit-error.ts';
import type { ReportData } from '../contract/report.ts';
import { readBuilt } from '../platform/package-file.ts';
import { fillTemplate } from '../platform/report-template.ts';

/**
 * The report as one self-contained HTML page.
 * @throws CulpritError `invalid_input` for anything but the `report` of a result, `not_built` when the page is
 * missing from the installation.
 */
export async function renderReport(report: ReportData): Promise<string> {
  const given: unknown = report;
  if (typeof given !== 'object' || given === null || !('analysis' in given && 'traces' in given))
    throw new CulpritError(
      'invalid_input',
      'this is not a report: pass the report of a result, as in renderReport((await analyze(runs)).report)',
    );
  return fillTemplate(await readBuilt('web/report.html'), report);
}
