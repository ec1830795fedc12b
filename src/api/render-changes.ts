import type { Tenants } from '../contract/tenants.ts';
import type { Trend } from '../contract/trend.ts';
import { readBuilt } from '../platform/package-file.ts';
import { fillTemplate } from '../platform/report-template.ts';
import { changeReport } from '../report/report.ts';
import type { DiffResult } from './diff.ts';

/**
 * What `diff`, `tenants` or `trend` found, as one self-contained HTML page.
 * @throws CulpritError `invalid_input` for anything else, `not_built` when the page is missing from the installation.
 */
export async function renderChanges(
  found: Pick<DiffResult, 'diff' | 'report'> | Tenants | Trend,
): Promise<string> {
  const data = changeReport(found);
  return fillTemplate(await readBuilt('web/change.html'), data);
}
