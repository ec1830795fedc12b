import type { ReactNode } from 'react';
import type { ReportModel } from '../../model/report-model.ts';
import type { Scope } from '../../model/scope.ts';
import type { ScopedCause } from '../../model/scoped.ts';
import { wordsOf } from '../../model/words.ts';
import { ByValue } from './ByValue.tsx';
import { OverTime } from './OverTime.tsx';

/** Where a cause occurs: by version, by tenant and over time, as the analysis counted it. */
export function Where(props: {
  readonly model: ReportModel;
  readonly cause: ScopedCause;
  readonly scope: Scope;
}): ReactNode {
  const { model, cause, scope } = props;
  const words = wordsOf(model.analysis);
  return (
    <>
      {cause.cluster.breakdowns.map((breakdown) => (
        <ByValue key={breakdown.dimension} breakdown={breakdown} words={words} />
      ))}
      <OverTime model={model} cause={cause} scope={scope} />
    </>
  );
}
