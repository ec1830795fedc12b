import type { ReactNode } from 'react';
import { count, plural } from '../../../../text/format.ts';
import { useLink } from '../../hooks/links.ts';
import type { ReportModel } from '../../model/report-model.ts';
import type { Scoped } from '../../model/scoped.ts';
import { wordsOf } from '../../model/words.ts';
import { TraceList } from './TraceList.tsx';

/** Failures in no cluster, with the reasons. */
export function AlonePage(props: {
  readonly model: ReportModel;
  readonly scoped: Scoped;
}): ReactNode {
  const { model, scoped } = props;
  const { alone } = scoped;
  const link = useLink();
  const words = wordsOf(model.analysis);
  const reasons = Map.groupBy(alone, (i) => model.failures[i]?.noise ?? 'unknown reason');
  return (
    <>
      <p className="crumbs">
        <a href={link({ kind: 'home' })}>Home</a> / Alike to no other
      </p>
      <h1 tabIndex={-1}>{plural(alone.length, words.failure)} alike to no other</h1>
      <p className="meta">
        {[...reasons].map(([reason, list]) => (
          <span key={reason}>
            {count(list.length)} {reason}
          </span>
        ))}
      </p>
      <p className="list-note">
        Too few other traces look like these. They count in every share. New causes start here.
      </p>
      <TraceList
        model={model}
        failures={alone}
        label="Traces alike to no other"
        withCause={false}
      />
    </>
  );
}
