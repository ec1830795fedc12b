import type { ReactNode } from 'react';
import { exactMoment } from '../../../text/moments.ts';
import { Button } from '../../parts/Button.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { Guard } from '../access/Guard.tsx';
import { useNames } from '../access/use-names.ts';
import { type LogLine, useActivity } from '../client/queries.ts';
import { activityText } from '../decide/activity-text.ts';
import { canUndo, UNDO, useDecide, useUndoRoute } from '../decide/use-decide.ts';
import { type Titles, useTitles } from '../decide/use-titles.ts';
import type { Screen } from '../screen.ts';
import { shownValue } from './shown-value.ts';

const SHOWN_CHANGES = 6;

/** Who decided what, what it was before and after, and a way back from each. */
function ActivityLog(): ReactNode {
  const { data, hasNextPage, fetchNextPage } = useActivity();
  const lines = data?.pages.flatMap(({ items }) => items) ?? [];
  const titles = useTitles();
  return (
    <>
      <h1 tabIndex={-1}>Who decided what</h1>
      <p className="lead-worth">
        Every decision can be undone, in any order, as long as nothing has changed the same value
        since. The files of a promotion stay.
      </p>
      {data !== undefined && lines.length === 0 ? (
        <Empty title="Nothing was decided yet">
          <p>Open a cause to accept it, or to set its severity, its owner or its state.</p>
        </Empty>
      ) : (
        <ScrollTable
          label="Decisions"
          columns={['When, who', 'What', 'Before', 'After', { name: 'Undo', isHidden: true }]}
          className="log"
        >
          {lines.map((line) => (
            <Line key={line.id} line={line} titles={titles} />
          ))}
        </ScrollTable>
      )}
      {hasNextPage && (
        <p className="traces-more">
          <Button onPress={() => void fetchNextPage()}>Show older decisions</Button>
        </p>
      )}
    </>
  );
}

function Line(props: { readonly line: LogLine; readonly titles: Titles }): ReactNode {
  const { line, titles } = props;
  const { undo } = useDecide();
  const undoRoute = useUndoRoute();
  const names = useNames();
  const changes = line.changes.slice(0, SHOWN_CHANGES);
  const more = line.changes.length - changes.length;
  const text = activityText(
    line.action,
    line.changes.map((change) => ({ ...change, value: change.after })),
  );
  return (
    <tr data-undone={line.undoneBy !== null || undefined}>
      <td className="nowrap">
        {exactMoment(Date.parse(line.at))}
        <span className="second" dir="auto">
          {names(line.by)}
        </span>
      </td>
      <td>
        <b>{line.action === 'undo' ? 'Undone' : text}</b>
        {line.undoneBy !== null && <span className="dim"> (undone)</span>}
        {[...new Set(changes.map(({ subject, kind }) => `${kind} ${subject}`))].map((key) => (
          <Subject key={key} subject={key} titles={titles} />
        ))}
        {more > 0 && <span className="second">and {more} more</span>}
      </td>
      <td>
        {changes.map((change) => (
          <Value key={`${change.subject} ${change.field}`} field={change.field}>
            {shownValue(change.before, titles)}
          </Value>
        ))}
      </td>
      <td>
        {changes.map((change) => (
          <Value key={`${change.subject} ${change.field}`} field={change.field}>
            {shownValue(change.after, titles)}
          </Value>
        ))}
      </td>
      <td>
        {line.undoneBy === null && canUndo(line) && (
          <Guard route={undoRoute(line)}>
            <Button onPress={() => undo(line)}>
              Undo<span className="hidden"> {text}</span>
            </Button>
          </Guard>
        )}
      </td>
    </tr>
  );
}

function Subject(props: { readonly subject: string; readonly titles: Titles }): ReactNode {
  const { titles } = props;
  const at = props.subject.indexOf(' ');
  const [kind, id] = [props.subject.slice(0, at), props.subject.slice(at + 1)];
  const { address, href } = useNavigation();
  if (kind === 'project') return <span className="second">for the whole project</span>;
  if (kind === 'taxonomy' || kind === 'label' || kind === 'queue')
    return <span className="second">{kind}</span>;
  if (kind === 'pair' || kind === 'proposal')
    return (
      <span className="second">
        {id
          // A proposal is called by its kind and its causes.
          .replace(/^(?:new|split|merge):/, '')
          .split('|')
          .map((cause) => titles(cause).replaceAll('`', ''))
          .join(' and ')}
      </span>
    );
  const route =
    kind === 'trace' ? { kind: 'trace' as const, id } : { kind: 'cluster' as const, id };
  return (
    <span className="second">
      <a className="link" href={href({ ...address, route })}>
        {kind === 'trace' ? `trace ${id.slice(0, 12)}` : <Coded text={titles(id)} />}
      </a>
    </span>
  );
}

function Value(props: { readonly field: string; readonly children: string }): ReactNode {
  return (
    <span className="log-value" dir="auto">
      <span className="dim">{props.field}</span> {props.children}
    </span>
  );
}

export const activityScreen: Screen = {
  path: '/activity',
  name: 'Activity',
  icon: 'activity',
  needsAnalysis: false,
  keys: [
    ['u', 'undo your latest decision', UNDO],
    ['h', 'home'],
    ['Esc', 'back'],
  ],
  view: ActivityLog,
};
