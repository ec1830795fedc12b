import { type ReactNode, useState } from 'react';
import { plural } from '../../../text/format.ts';
import { focusNext } from '../../hooks/focus-next.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Button } from '../../parts/Button.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Guard } from '../access/Guard.tsx';
import { guardedKeys, useRefusal } from '../access/use-refusal.ts';
import { useAsking } from '../client/asking.ts';
import { saveAnswer } from '../sessions/save-answer.ts';
import { Channels } from './Channels.tsx';
import { IncidentList } from './IncidentList.tsx';
import { Judges } from './Judges.tsx';
import { Messages } from './Messages.tsx';
import { Schedules } from './Schedules.tsx';
import { CHANGE, useIncidents, useWatchers, type Watcher } from './use-watch.ts';
import { WatcherDialog } from './WatcherDialog.tsx';
import { WatcherTable } from './WatcherTable.tsx';
import './watch.css';

/** What is watched, what is out of the ordinary, and who was told. */
export function Watch(): ReactNode {
  const { project } = useAsking();
  const { data } = useWatchers();
  const { data: incidents } = useIncidents();
  const [edited, setEdited] = useState<Watcher | 'new' | null>(null);
  useKeys({
    ...guardedKeys(useRefusal()(CHANGE), { n: () => setEdited('new') }),
    ...((data?.items.length ?? 0) > 0 && {
      'j ArrowDown': () => focusNext('.watcher-name', 1),
      'k ArrowUp': () => focusNext('.watcher-name', -1),
    }),
  });
  const open = incidents?.filter(({ ended }) => ended === null) ?? [];
  const past = incidents?.filter(({ ended }) => ended !== null) ?? [];
  return (
    <>
      <h1 tabIndex={-1}>{title(data?.items, open.length)}</h1>
      <p className="lead-worth">
        Every five minutes, each watcher compares the last hour and the last six with its own
        history. An alert begins where both are out of the ordinary for half an hour.
      </p>
      {open.length > 0 && <IncidentList title="Now" incidents={open} />}
      {data !== undefined && (
        <>
          <div className="actions watch-actions">
            <Guard route={CHANGE}>
              <Button main shortcut="n" onPress={() => setEdited('new')}>
                New watcher
              </Button>
            </Guard>
            {data.items.length > 0 && (
              <Button
                onPress={() =>
                  void saveAnswer('/api/v1/watchers.yaml', project, `${project}-watchers.yaml`)
                }
              >
                All as YAML
              </Button>
            )}
          </div>
          {data.items.length === 0 ? (
            <Empty title="A watcher tells you when something is out of the ordinary">
              <p>
                Begin with the share of traces that fail: press <kbd>n</kbd>. Others watch one
                cause, a score, the cost or the time that traces take, for one tenant or version if
                you like. Each learns what is usual before its first alert.
              </p>
            </Empty>
          ) : (
            <WatcherTable watchers={data.items} onEdit={setEdited} />
          )}
          {past.length > 0 && <IncidentList title="Before" incidents={past} />}
          <Judges />
          <Schedules channels={data.channels.map(({ name }) => name)} />
          <Channels channels={data.channels} />
          <Messages />
          <WatcherDialog
            edited={edited}
            channels={data.channels.map(({ name }) => name)}
            taken={data.items.map(({ id }) => id)}
            onClose={() => setEdited(null)}
          />
        </>
      )}
    </>
  );
}

function title(watchers: readonly Watcher[] | undefined, open: number): string {
  if (watchers === undefined) return 'Watch';
  if (open > 0) return `${plural(open, 'incident')} now`;
  const learning = watchers.filter(({ state }) => state === 'unknown').length;
  if (watchers.length === 0) return 'Nothing is watched yet';
  if (learning === watchers.length) return `${plural(learning, 'watcher')} still learning`;
  return `Nothing is out of the ordinary: ${plural(watchers.length, 'watcher')}${learning === 0 ? '' : `, ${learning} still learning`}`;
}
