import { type ReactNode, useState } from 'react';
import { moment } from '../../../text/moments.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { Guard } from '../access/Guard.tsx';
import { useAsking } from '../client/asking.ts';
import { useChange } from '../client/use-change.ts';
import { ScheduleDialog } from './ScheduleDialog.tsx';
import { type Schedule, useSchedules, WATCH } from './use-watch.ts';

/** Scheduled sessions. */
export function Schedules(props: { readonly channels: readonly string[] }): ReactNode {
  const { data } = useSchedules();
  const { client } = useAsking();
  const { failed, change } = useChange(WATCH);
  const [edited, setEdited] = useState<Schedule | 'new' | null>(null);
  return (
    <Card title="Scheduled sessions" className="channels">
      <p>
        Each one analyzes the latest traces, is compared with the previous one, and gets an agenda:
        what came back, what is new and what grew.
      </p>
      <ul>
        {data?.map((schedule) => {
          const { id, settings, next } = schedule;
          return (
            <li key={id}>
              <b dir="auto">{settings.name}</b>{' '}
              <span className="dim">
                {settings.cron} {settings.timeZone},{' '}
                {next === null ? 'paused' : `next ${moment(Date.parse(next))} UTC`}
              </span>{' '}
              <Guard route="PUT /schedules/{id}">
                <Button onPress={() => setEdited(schedule)}>
                  Edit<span className="hidden"> {settings.name}</span>
                </Button>{' '}
                <Button
                  onPress={() => change(() => client('DELETE /schedules/{id}', { path: { id } }))}
                >
                  Remove<span className="hidden"> {settings.name}</span>
                </Button>
              </Guard>
            </li>
          );
        })}
      </ul>
      <p className="watch-actions">
        <Guard route="PUT /schedules/{id}">
          <Button onPress={() => setEdited('new')}>New schedule</Button>
        </Guard>
      </p>
      <p role="alert" className="fail-text">
        {failed}
      </p>
      <ScheduleDialog
        edited={edited}
        channels={props.channels}
        taken={data?.map(({ id }) => id) ?? []}
        onClose={() => setEdited(null)}
      />
    </Card>
  );
}
