import { createContext, useContext } from 'react';
import { releaseAt } from '../model/release.ts';
import type { ReportModel } from '../model/report-model.ts';

/** Something that was deployed. */
export interface WentLive {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly time: number;
}

/** What was deployed and when, as a server knows; a report by itself knows none. */
export const Deployed: React.Context<readonly WentLive[]> = createContext<readonly WentLive[]>([]);

/** A dotted line on a chart over the time of the traces. */
interface Mark {
  readonly name: string;
  /** As a share of the whole time. */
  readonly place: number;
}

/** Deploys within the time of the traces, and the last version where none of them is about it. */
export function useMarks(model: Pick<ReportModel, 'analysis'>): readonly Mark[] {
  const deployed = useContext(Deployed);
  const { buckets } = model.analysis.traffic;
  if (buckets === null) return [];
  const marks = deployed
    .map(({ name, time }) => ({
      name,
      place: (time - buckets.start) / (buckets.width * buckets.traces.length),
    }))
    .filter(({ place }) => place > 0 && place < 1);
  const release = releaseAt(model);
  if (release === null || marks.some(({ name }) => name === release.version)) return marks;
  return [...marks, { name: release.version, place: release.place }];
}
