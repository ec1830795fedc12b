import type { ReactNode } from 'react';
import { Card } from '../../../parts/Card.tsx';
import { Icon } from '../../../parts/Icon.tsx';
import { useLink } from '../../hooks/links.ts';
import type { ReportModel } from '../../model/report-model.ts';
import type { ScopedCause } from '../../model/scoped.ts';
import { Conversation } from '../trace/Conversation.tsx';
import { PairView } from './PairView.tsx';

/** The first block of a cause: a failing trace beside the nearest one that passes, or alone where none is known. */
export function Example(props: {
  readonly model: ReportModel;
  readonly cause: ScopedCause;
  readonly ids: readonly string[];
  readonly at: number;
  readonly onTurn: (by: 1 | -1) => void;
}): ReactNode {
  const { model, cause, ids, at, onTurn } = props;
  const link = useLink();
  const id = ids[at];
  if (id === undefined) return null;
  const pair = model.pairs.get(cause.cluster.id)?.[at];
  const turns = ids.length > 1 && (
    <>
      {pair === undefined ? 'Trace' : 'Pair'} {at + 1} of {ids.length}
      <TurnButton label="Previous" shortcut="[" disabled={at === 0} onPress={() => onTurn(-1)} />
      <TurnButton
        label="Next"
        shortcut="]"
        disabled={at === ids.length - 1}
        onPress={() => onTurn(1)}
      />
    </>
  );
  if (pair !== undefined)
    return (
      <Card
        title="Failing trace beside its nearest passing trace"
        aside={<span className="turns">{turns}</span>}
        className="example"
        flush
      >
        <PairView key={id} model={model} pair={pair} />
      </Card>
    );
  return (
    <Card
      title={
        <>
          {model.analysis.options.all ? 'A trace of this group' : 'A failing trace'}{' '}
          <a className="link" href={link({ kind: 'trace', id })}>
            {id.slice(0, 12)}
          </a>
        </>
      }
      aside={<span className="turns">{turns}</span>}
      className="example"
      flush
    >
      <Conversation key={id} model={model} id={id} selected={null} />
    </Card>
  );
}

function TurnButton(props: {
  readonly label: string;
  readonly shortcut: string;
  readonly disabled: boolean;
  readonly onPress: () => void;
}): ReactNode {
  const { label, shortcut, disabled, onPress } = props;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={`${label} example`}
      aria-keyshortcuts={shortcut}
      title={`${label} (${shortcut})`}
      disabled={disabled}
      onClick={onPress}
    >
      <Icon name={label === 'Next' ? 'next' : 'previous'} />
    </button>
  );
}
