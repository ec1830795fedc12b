import { Fragment, type ReactNode, useState } from 'react';
import { exactMoment } from '../../../text/moments.ts';
import { Button } from '../../parts/Button.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { Guard } from '../access/Guard.tsx';
import { useAsking } from '../client/asking.ts';
import { useChange } from '../client/use-change.ts';
import { PastChart } from './PastChart.tsx';
import { CHANGE, WATCH, type Watcher } from './use-watch.ts';
import { KINDS, STATE_KINDS, STATES, valueText, whereText } from './watched-text.ts';

/** Every watcher with its state and its latest value. An opened row shows the last 30 days. */
export function WatcherTable(props: {
  readonly watchers: readonly Watcher[];
  readonly onEdit: (watcher: Watcher) => void;
}): ReactNode {
  const { watchers, onEdit } = props;
  const [open, setOpen] = useState<string | null>(null);
  const { failed, change } = useChange(WATCH);
  return (
    <>
      <p role="alert" className="fail-text">
        {failed}
      </p>
      <ScrollTable
        label="Watchers"
        columns={[
          'Watcher',
          'State',
          { name: 'Last hour', isNumber: true },
          { name: 'Usually', isNumber: true },
          'To an alert',
          { name: 'Change', isHidden: true },
        ]}
        className="watchers"
      >
        {watchers.map((watcher) => (
          <Fragment key={watcher.id}>
            <Row
              watcher={watcher}
              isOpen={open === watcher.id}
              onOpen={() => setOpen(open === watcher.id ? null : watcher.id)}
              onEdit={() => onEdit(watcher)}
              change={change}
            />
            {open === watcher.id && (
              <tr>
                <td colSpan={6}>
                  <PastChart settings={watcher.settings} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </ScrollTable>
    </>
  );
}

function Row(props: {
  readonly watcher: Watcher;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onEdit: () => void;
  readonly change: (what: () => Promise<unknown>) => void;
}): ReactNode {
  const { watcher, isOpen, onOpen, onEdit, change } = props;
  const { id, settings, state, since, value, usual, level } = watcher;
  const { client } = useAsking();
  const { kind } = settings.of;
  const where = whereText(settings);
  const isPaused = settings.isPaused === true;
  const pause = () =>
    client('PUT /watchers/{id}', {
      path: { id },
      body: { ...settings, isPaused: !isPaused },
    });
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="link watcher-name"
          aria-expanded={isOpen}
          onClick={onOpen}
          dir="auto"
        >
          <Coded text={settings.name} />
        </button>
        <span className="second">
          {[
            ...(settings.name === KINDS[kind] ? [] : [KINDS[kind]]),
            ...(where === '' ? [] : [where]),
            ...(settings.owner ? [settings.owner] : []),
          ].join(' · ')}
        </span>
      </th>
      <td className="nowrap" title={STATES[state]}>
        <Tag kind={STATE_KINDS[state]}>{state === 'unknown' ? 'learning' : state}</Tag>
        {since !== null && <span className="second">{exactMoment(Date.parse(since))}</span>}
      </td>
      <td className="num">{valueText(kind, value)}</td>
      <td className="num dim">{valueText(kind, usual)}</td>
      <td>{level !== null && <Level level={level} />}</td>
      <td className="nowrap">
        <Guard route={CHANGE}>
          <Button onPress={onEdit}>
            Edit<span className="hidden"> {settings.name}</span>
          </Button>{' '}
          <Button onPress={() => change(pause)}>
            {isPaused ? 'Resume' : 'Pause'}
            <span className="hidden"> {settings.name}</span>
          </Button>{' '}
          <Button onPress={() => change(() => client('DELETE /watchers/{id}', { path: { id } }))}>
            Remove<span className="hidden"> {settings.name}</span>
          </Button>
        </Guard>
      </td>
    </tr>
  );
}

/** How close a watcher is to an alert, which begins at the mark. */
function Level(props: { readonly level: number }): ReactNode {
  const { level } = props;
  const width = Math.min(1, Math.max(0, level) / MOST);
  return (
    <svg
      className="watch-level"
      viewBox="0 0 90 12"
      width="90"
      height="12"
      role="img"
      aria-label={`${Math.round(100 * Math.max(0, level))}% of the way to an alert`}
    >
      <rect className="watch-level-track" x="0" y="4" width="90" height="4" />
      <rect
        className="watch-level-bar"
        data-alert={level >= 1 || undefined}
        x="0"
        y="4"
        width={90 * width}
        height="4"
      />
      <line className="watch-level-mark" x1={90 / MOST} x2={90 / MOST} y1="0" y2="12" />
    </svg>
  );
}

/** Length of the bar, in alerts. */
const MOST = 1.5;
