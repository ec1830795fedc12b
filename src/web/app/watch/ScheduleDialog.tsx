import { type ReactNode, useId } from 'react';
import { useAsking } from '../client/asking.ts';
import { ChannelChoice } from './ChannelChoice.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import type { Schedule, ScheduleSettings } from './use-watch.ts';

/** Makes a schedule or changes one. */
export function ScheduleDialog(props: {
  readonly edited: Schedule | 'new' | null;
  readonly channels: readonly string[];
  readonly taken: readonly string[];
  readonly onClose: () => void;
}): ReactNode {
  const { channels } = props;
  const { client } = useAsking();
  const fieldId = useId();
  return (
    <SettingsDialog
      {...props}
      noun="schedule"
      fresh={weekly(channels)}
      onSave={(id, body) => client('PUT /schedules/{id}', { path: { id }, body })}
    >
      {(settings, set) => (
        <>
          {FIELDS.map(({ name, label, hint }) => (
            <div key={name} className="watch-field">
              <label htmlFor={`${fieldId}-${name}`}>{label}</label>
              <input
                id={`${fieldId}-${name}`}
                className="field"
                required
                value={settings[name] ?? ''}
                onChange={(event) => set({ [name]: event.target.value })}
              />
              {hint !== '' && <p className="dim small">{hint}</p>}
            </div>
          ))}
          <label htmlFor={`${fieldId}-days`}>Days of traces that it looks at</label>
          <input
            id={`${fieldId}-days`}
            className="field"
            type="number"
            min={1}
            max={90}
            value={settings.days ?? 7}
            onChange={(event) => set({ days: Number(event.target.value) })}
          />
          <ChannelChoice
            legend="Send the digest to"
            channels={channels}
            chosen={settings.channels ?? []}
            onChange={(chosen) => set({ channels: [...chosen] })}
          />
        </>
      )}
    </SettingsDialog>
  );
}

const FIELDS = [
  { name: 'name', label: 'Name', hint: '' },
  {
    name: 'cron',
    label: 'When',
    hint: 'Minute, hour, day, month, day of the week: 0 9 * * 1 is Mondays at 9.',
  },
  { name: 'timeZone', label: 'Time zone', hint: '' },
] as const;

const weekly = (channels: readonly string[]): ScheduleSettings => ({
  ...{ name: 'Weekly', cron: '0 9 * * 1', days: 7, channels: [...channels] },
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});
