import type { ReactNode } from 'react';
import { count, plural } from '../../../../text/format.ts';
import { copy } from '../../../hooks/copy.ts';
import { useKeys } from '../../../hooks/use-keys.ts';
import { Button } from '../../../parts/Button.tsx';
import { colorVariable } from '../../../parts/color-variable.ts';
import { Empty } from '../../../parts/Empty.tsx';
import { useLink } from '../../hooks/links.ts';
import type { ReportModel } from '../../model/report-model.ts';
import { isNarrow, type Scope } from '../../model/scope.ts';
import type { Scoped } from '../../model/scoped.ts';
import { wordsOf } from '../../model/words.ts';
import { TraceList } from './TraceList.tsx';

/** Every failure of the scope, and how they are spread over the causes. */
export function TracesPage(props: {
  readonly model: ReportModel;
  readonly scoped: Scoped;
  readonly scope: Scope;
  /** What else can be done with the failures. */
  readonly actions?: (failures: readonly number[]) => ReactNode;
}): ReactNode {
  const { model, scoped, scope, actions } = props;
  const link = useLink();
  const words = wordsOf(model.analysis);
  const rows = [...model.failures.keys()].filter(
    (i) => scoped.keep === null || scoped.keep[i] === 1,
  );
  const copyIds = (): void =>
    copy(
      rows.map((i) => model.failures[i]?.traceId ?? '').join('\n'),
      `Copied ${plural(rows.length, 'id')}`,
    );
  useKeys({ y: copyIds });
  const parts = [...scoped.ranked, ...scoped.unexplained].filter(
    ({ members }) => members.length > 0,
  );
  return (
    <>
      <p className="crumbs">
        <a href={link({ kind: 'home' })}>Home</a> / Traces
        <span className="crumbs-end actions">
          {actions?.(rows)}
          <Button shortcut="y" onPress={copyIds}>
            Copy ids
          </Button>
        </span>
      </p>
      <h1 tabIndex={-1}>
        {plural(rows.length, words.failure)}
        {isNarrow(scope) ? ' match' : ' looked at'}
      </h1>
      <p className="meta parts">
        {parts.map(({ cluster, position, members }) => (
          <a key={cluster.id} href={link({ kind: 'cluster', id: cluster.id })}>
            <span className="swatch" style={{ '--color': colorVariable(position) }}>
              {position + 1}
            </span>
            {count(members.length)}
          </a>
        ))}
        {scoped.alone.length > 0 && (
          <a href={link({ kind: 'noise' })}>
            <span className="swatch" style={{ '--color': colorVariable(-1) }}>
              –
            </span>
            {count(scoped.alone.length)}
          </a>
        )}
      </p>
      {rows.length === 0 ? (
        <Empty title="No failure matches">
          <p>Remove a filter at the top, or search for fewer words.</p>
        </Empty>
      ) : (
        <TraceList model={model} failures={rows} label="Traces" withCause />
      )}
    </>
  );
}
