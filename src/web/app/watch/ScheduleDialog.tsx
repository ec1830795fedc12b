import { type ReactNode, useEffect, useId, useState } from 'react';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAsking } from '../client/asking.ts';
import { ChannelChoice } from './ChannelChoice.tsx';
import { newId } from './new-id.ts';
import { type Schedule, type ScheduleSettings, useWatchChange } from './use-watch.ts';

/** Makes a schedule or changes one. */
export function ScheduleDialog(props: {
  readonly edited: Schedule | 'new' | null;
  readonly channels: readonly string[];
  readonly taken: readonly string[];
  readonly onClose: () => void;
}): ReactNode {
  const { edited, channels, taken, onClose } = props;
  const { client } = useAsking();
  const { failed, change } = useWatchChange();
  const [settings, setSettings] = useState<ScheduleSettings>({ name: '' });
  const fieldId = useId();
  useEffect(() => {
    if (edited === null) return;
    setSettings(edited === 'new' ? fresh(channels) : edited.settings);
  }, [edited, channels]);
  const set = (part: Partial<ScheduleSettings>): void => setSettings({ ...settings, ...part });
  const save = (): void => {
    const id = edited === 'new' || edited === null ? newId(settings.name, taken, 40) : edited.id;
    change(() => client('PUT /schedules/{id}', { path: { id }, body: settings }));
  };
  const text = (name: 'name' | 'cron' | 'timeZone', label: string, hint = ''): ReactNode => (
    <>
      <label htmlFor={`${fieldId}-${name}`}>{label}</label>
      <input
        id={`${fieldId}-${name}`}
        className="field"
        required
        value={settings[name] ?? ''}
        onChange={(event) => set({ [name]: event.target.value })}
      />
      {hint !== '' && <p className="dim small">{hint}</p>}
    </>
  );
  return (
    <>
      <p role="alert" className="fail-text">
        {failed}
      </p>
      <FormDialog
        title={edited === 'new' ? 'New schedule' : 'Edit the schedule'}
        isOpen={edited !== null}
        onClose={onClose}
        verb="Save"
        canSave={settings.name.trim() !== ''}
        onSave={save}
      >
        {text('name', 'Name')}
        {text(
          'cron',
          'When',
          'Minute, hour, day, month, day of the week: 0 9 * * 1 is Mondays at 9.',
        )}
        {text('timeZone', 'Time zone')}
        <label htmlFor={`${fieldId}-days`}>Days that it looks at</label>
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
      </FormDialog>
    </>
  );
}

const fresh = (channels: readonly string[]): ScheduleSettings => ({
  ...{ name: 'Weekly', cron: '0 9 * * 1', days: 7, channels: [...channels] },
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});
