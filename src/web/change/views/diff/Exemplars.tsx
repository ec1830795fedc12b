import type { ReactNode } from 'react';
import type { CauseChange } from '../../../../contract/diff.ts';
import { Card } from '../../../parts/Card.tsx';
import { Icon } from '../../../parts/Icon.tsx';
import { PairView } from '../../../report/views/cause/PairView.tsx';
import { Conversation } from '../../../report/views/trace/Conversation.tsx';
import type { DiffModel, Side } from '../../model/diff-model.ts';
import { diffHash } from '../../model/diff-route.ts';

/** A failure of each side beside the other; where one side has none, a failure beside the nearest trace that passed. */
export function Exemplars(props: {
  readonly model: DiffModel;
  readonly cause: CauseChange;
  readonly places: Readonly<Record<Side, number>>;
  readonly onTurn: (side: Side, by: 1 | -1) => void;
}): ReactNode {
  const { model, cause, places, onTurn } = props;
  const sides = (['before', 'after'] as const).filter((side) => cause[side].exemplars.length > 0);
  const [only] = sides;
  return (
    <div className="exemplars" data-single={sides.length < 2 || undefined}>
      {sides.map((side) => {
        const ids = cause[side].exemplars;
        const at = Math.min(places[side], ids.length - 1);
        const id = ids[at] ?? '';
        const pair =
          sides.length === 1
            ? model.report.pairs.get(cause.id)?.find(({ failing }) => failing === id)
            : undefined;
        return (
          <Card
            key={side}
            title={
              <>
                {model.diff[side].name} fails{' '}
                <a className="link" href={diffHash({ kind: 'trace', id })}>
                  {id.slice(0, 12)}
                </a>
                {pair !== undefined && ', beside its nearest passing trace'}
              </>
            }
            aside={
              ids.length > 1 && (
                <Turns side={side} at={at} of={ids.length} onTurn={(by) => onTurn(side, by)} />
              )
            }
            className="example"
            flush
          >
            {pair === undefined ? (
              <Conversation key={id} model={model.report} id={id} selected={null} />
            ) : (
              <PairView key={id} model={model.report} pair={pair} />
            )}
          </Card>
        );
      })}
      {sides.length === 1 && only !== undefined && (
        <p className="dim small">{absence(model, cause, only === 'before' ? 'after' : 'before')}</p>
      )}
    </div>
  );
}

function absence({ diff }: DiffModel, cause: CauseChange, side: Side): string {
  const { name } = diff[side];
  return cause[side].events === 0
    ? `${name} has no failure of this cause.`
    : `No failure of ${name} is in this file: the earlier run has them.`;
}

function Turns(props: {
  readonly side: Side;
  readonly at: number;
  readonly of: number;
  readonly onTurn: (by: 1 | -1) => void;
}): ReactNode {
  const { side, at, of, onTurn } = props;
  const keys = side === 'before' ? (['{', '}'] as const) : (['[', ']'] as const);
  return (
    <span className="turns">
      {at + 1} of {of}
      {([-1, 1] as const).map((by) => {
        const label = `${by < 0 ? 'Previous' : 'Next'} failure ${side}`;
        const key = keys[by < 0 ? 0 : 1];
        return (
          <button
            key={by}
            type="button"
            className="icon-button"
            aria-label={label}
            aria-keyshortcuts={key}
            title={`${label} (${key})`}
            disabled={by < 0 ? at === 0 : at === of - 1}
            onClick={() => onTurn(by)}
          >
            <Icon name={by < 0 ? 'previous' : 'next'} />
          </button>
        );
      })}
    </span>
  );
}
