import type { Diff } from './diff.ts';
import type { ReportData } from './report.ts';
import type { Tenants } from './tenants.ts';
import type { Trend } from './trend.ts';

/** Version of the data of the page. The page and the data are written together. */
export type ChangeReportVersion = 1;

/** What the page of a comparison shows, embedded in it as one JSON document. */
export interface DiffReport {
  readonly kind: 'diff';
  readonly version: ChangeReportVersion;
  readonly diff: Diff;
  /** Of both sides together, with the messages of the exemplars of each; against an earlier run, of the new traces alone. */
  readonly report: ReportData;
}

/** What the page of a table of tenants shows. */
interface TenantsReport {
  readonly kind: 'tenants';
  readonly version: ChangeReportVersion;
  readonly tenants: Tenants;
}

/** What the page of a trend shows. */
interface TrendReport {
  readonly kind: 'trend';
  readonly version: ChangeReportVersion;
  readonly trend: Trend;
}

/** What one page shows of changes: between two sides, between tenants, or over versions or time. */
export type ChangeReport = DiffReport | TenantsReport | TrendReport;
