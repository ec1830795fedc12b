import type { ReactNode } from 'react';
import { exactMoment } from '../../../text/moments.ts';
import { Card } from '../../parts/Card.tsx';
import { useNames } from '../access/use-names.ts';
import { useActivity } from '../client/queries.ts';
import { activityText } from '../decide/activity-text.ts';

const SHOWN = 8;

/** The note on a cause, and the latest decisions about it. */
export function CauseHistory(props: {
  readonly id: string;
  readonly note: string | null;
}): ReactNode {
  const { id, note } = props;
  const { data } = useActivity();
  const names = useNames();
  const lines = (data?.pages.flatMap(({ items }) => items) ?? [])
    .filter(({ changes }) => changes.some(({ subject }) => subject.split('|').includes(id)))
    .slice(0, SHOWN);
  return (
    <>
      {note !== null && (
        <Card title="Note">
          <p className="note" dir="auto">
            {note}
          </p>
        </Card>
      )}
      {lines.length > 0 && (
        <Card title="Decided so far">
          <ol className="history">
            {lines.map((line) => (
              <li key={line.id} data-undone={line.undoneBy !== null || undefined}>
                <span>
                  {line.action === 'undo'
                    ? 'Undone'
                    : activityText(
                        line.action,
                        line.changes.map((change) => ({ ...change, value: change.after })),
                      )}
                </span>
                <span className="dim small">
                  {line.by === 'local' ? '' : `${names(line.by)}, `}
                  {exactMoment(Date.parse(line.at))}
                </span>
              </li>
            ))}
          </ol>
        </Card>
      )}
    </>
  );
}
