import type { ReactNode } from 'react';
import { day } from '../../../../text/moments.ts';
import { Card } from '../../../parts/Card.tsx';
import { Sparkline } from '../../../parts/Sparkline.tsx';
import { useMarks } from '../../hooks/went-live.ts';
import { bucketsIn } from '../../model/facets.ts';
import { releaseAt } from '../../model/release.ts';
import type { ReportModel } from '../../model/report-model.ts';
import type { Scope } from '../../model/scope.ts';
import type { ScopedCause } from '../../model/scoped.ts';
import { trendOf } from '../../model/trend.ts';
import { wordsOf } from '../../model/words.ts';

const WIDTH = 280;

/** Failures of a cause over the time of all traces; nothing without times. */
export function OverTime(props: {
  readonly model: ReportModel;
  readonly cause: ScopedCause;
  readonly scope: Scope;
}): ReactNode {
  const { model, cause, scope } = props;
  const { buckets } = model.analysis.traffic;
  const trend = trendOf(model, cause.members);
  const marks = useMarks(model);
  if (trend === null || buckets === null) return null;
  const release = releaseAt(model);
  const end = buckets.start + buckets.width * buckets.traces.length;
  return (
    <Card title="Over time" aside={wordsOf(model.analysis).failures}>
      <div className="over-time">
        <Sparkline
          counts={trend}
          width={WIDTH}
          height={46}
          label={`Failures over time: ${trend.map((count) => Math.round(count)).join(', ')}`}
          events={marks}
          scope={bucketsIn(model, scope)}
        />
      </div>
      <p className="axis over-time-axis">
        <span>{day(buckets.start)}</span>
        {release !== null && <span className="axis-new">{release.version}</span>}
        <span>{day(end)}</span>
      </p>
    </Card>
  );
}
