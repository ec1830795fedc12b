import type { ReactNode } from 'react';
import { plural } from '../../../../text/format.ts';
import { Button } from '../../../parts/Button.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { failedOf } from '../../model/lead.ts';
import type { ReportModel } from '../../model/report-model.ts';
import { EVERYTHING, type Scope } from '../../model/scope.ts';

/** Why there is no cause to show, and what to do. */
export function NoCauses(props: {
  readonly model: ReportModel;
  /** Null if nothing was filtered. */
  readonly onShowAll: ((scope: Scope) => void) | null;
}): ReactNode {
  const { model, onShowAll } = props;
  const { options } = model.analysis;
  if (onShowAll !== null)
    return (
      <Empty title="No failure matches">
        <p>None of the {plural(failedOf(model), 'failure')} has these words and values together.</p>
        <p>
          <Button onPress={() => onShowAll(EVERYTHING)}>Show everything</Button>
        </p>
      </Empty>
    );
  if (model.failures.length === 0)
    return (
      <Empty title="No failure found">
        <p>
          No trace has an error, a score below its threshold, negative feedback, a loop or an
          outlier.
        </p>
        <p>
          Name a score with <code>--score "groundedness&lt;0.7"</code>, or group every trace with{' '}
          <code>--all</code>.
        </p>
      </Empty>
    );
  if (model.placed === 0)
    return (
      <Empty title="No failure could be compared">
        <p>
          The view <code>{options.view}</code> is empty for all of them. Try another with{' '}
          <code>--view</code>; the sentence above shows what was left out.
        </p>
      </Empty>
    );
  return (
    <Empty title="No cause repeats">
      <p>
        None of the {plural(model.noise.length, 'failure')} has enough others like it: a cause needs{' '}
        {options.minClusterSize} (<code>--min-cluster-size</code>).
      </p>
    </Empty>
  );
}
