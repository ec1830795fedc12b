import { versionFacet } from './lead.ts';
import type { ReportModel } from './report-model.ts';

/** When the last version began. */
export interface Release {
  readonly version: string;
  readonly time: number;
  readonly bucket: number;
  /** As a share of the whole time. */
  readonly place: number;
}

/** Null without times, versions, or when the last version was there from the beginning. */
export function releaseAt(model: Pick<ReportModel, 'analysis'>): Release | null {
  const { buckets } = model.analysis.traffic;
  const facet = versionFacet(model);
  const version = facet?.changes.at(-1)?.to;
  const time = facet?.values.find(({ value }) => value === version)?.firstSeen ?? null;
  if (buckets === null || version === undefined || time === null) return null;
  const place = (time - buckets.start) / (buckets.width * buckets.traces.length);
  const bucket = Math.floor((time - buckets.start) / buckets.width);
  return bucket > 0 && place < 1 ? { version, time, bucket, place } : null;
}
