import type { ChangeReport } from '../contract/change-report.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { CauseChange, Diff } from '../contract/diff.ts';
import type { Failure } from '../contract/failure.ts';
import type { ReportData } from '../contract/report.ts';
import type { Tenants } from '../contract/tenants.ts';
import type { Trend } from '../contract/trend.ts';
import { reportTrace } from './trace.ts';

/** Causes of which all exemplars have their messages in the report; of the others one on each side. */
const WHOLE_CAUSES = 20;

/** The report with the messages of exemplars of both sides. */
export function withExemplars(
  report: ReportData,
  failures: readonly Pick<Failure, 'trace' | 'signals'>[],
  causes: readonly Pick<CauseChange, 'before' | 'after'>[],
): ReportData {
  const there = new Set(report.traces.map(({ id }) => id));
  const wanted = new Set(
    causes.flatMap(({ before, after }, at) =>
      [before, after].flatMap(({ exemplars }) =>
        exemplars.slice(0, at < WHOLE_CAUSES ? exemplars.length : 1),
      ),
    ),
  );
  const added = failures.filter(({ trace: { id } }) => wanted.has(id) && !there.has(id));
  return { ...report, traces: [...report.traces, ...added.map(reportTrace)] };
}

/**
 * The data of the page for what `diff`, `tenants` or `trend` found.
 * @throws CulpritError `invalid_input` for anything else.
 */
export function changeReport(
  found: { readonly diff: Diff; readonly report: ReportData } | Tenants | Trend,
): ChangeReport {
  const given: unknown = found;
  if (typeof given === 'object' && given !== null) {
    if ('diff' in found)
      return { kind: 'diff', version: 1, diff: found.diff, report: found.report };
    if ('tenants' in found) return { kind: 'tenants', version: 1, tenants: found };
    if ('groups' in found) return { kind: 'trend', version: 1, trend: found };
  }
  throw new CulpritError(
    'invalid_input',
    'these are no changes: pass what diff, tenants or trend returned',
  );
}
