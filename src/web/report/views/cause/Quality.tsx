import type { ReactNode } from 'react';
import type { ClusterQuality } from '../../../../contract/cluster.ts';
import { decimal } from '../../../../text/format.ts';
import { Coded } from '../../../parts/Coded.tsx';
import { useLink } from '../../hooks/links.ts';
import type { ReportModel } from '../../model/report-model.ts';

interface Measure {
  readonly key: 'stability' | 'membership' | 'persistence' | 'silhouette';
  readonly name: string;
  readonly meaning: string;
  /** Minimum values rated good and fair. */
  readonly good: number;
  readonly fair: number;
}

const MEASURES: readonly Measure[] = [
  {
    key: 'stability',
    name: 'stability',
    meaning:
      'how much of the cluster re-forms in resamples of 80% of the failures; stable from 0.75',
    good: 0.75,
    fair: 0.6,
  },
  {
    key: 'membership',
    name: 'membership',
    meaning: 'mean certainty that its failures belong to it, 0 to 1',
    good: 0.8,
    fair: 0.6,
  },
  {
    key: 'persistence',
    name: 'persistence',
    meaning: 'how long the cluster survives as the density threshold rises, 0 to 1',
    good: 0.3,
    fair: 0.1,
  },
  {
    key: 'silhouette',
    name: 'silhouette',
    meaning: 'similarity within the cluster compared with the nearest other cluster, -1 to 1',
    good: 0.35,
    fair: 0.1,
  },
];

/** How far to trust the cluster: each measure with a rating, its meaning on hover. */
export function Quality(props: {
  readonly model: ReportModel;
  readonly quality: ClusterQuality;
}): ReactNode {
  const { model, quality } = props;
  const link = useLink();
  const nearest = quality.nearest === null ? undefined : model.clusterById.get(quality.nearest);
  return (
    <dl className="quality">
      {MEASURES.map((measure) => {
        const value = quality[measure.key];
        return (
          <div key={measure.key} title={measure.meaning}>
            <dt>{measure.name}</dt>
            <dd>{decimal(value)}</dd>
            <dd className="quality-word" data-word={wordOf(measure, value)}>
              {wordOf(measure, value)}
            </dd>
          </div>
        );
      })}
      {nearest !== undefined && (
        <div title="the cluster whose failures are most like these">
          <dt>nearest</dt>
          <dd className="quality-nearest">
            <a className="link" href={link({ kind: 'cluster', id: quality.nearest ?? '' })}>
              <Coded text={model.clusters[nearest]?.title ?? ''} />
            </a>
          </dd>
        </div>
      )}
    </dl>
  );
}

function wordOf(measure: Measure, value: number | null): string {
  if (value === null) return 'not measured';
  if (value >= measure.good) return 'good';
  return value >= measure.fair ? 'fair' : 'weak';
}
