import { type ReactNode, useState } from 'react';
import { nameId } from '../../../text/name-id.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useChange } from '../client/use-change.ts';
import { WATCH } from './use-watch.ts';

/** Something that people set up and name: a watcher or a schedule. */
interface SetUp<Settings> {
  readonly id: string;
  readonly settings: Settings;
}

/** A dialog that makes something with settings, or changes it. Says above the page if it could not be saved. */
export function SettingsDialog<Settings extends { readonly name: string }>(props: {
  /** What it is: `watcher`. */
  readonly noun: string;
  readonly edited: SetUp<Settings> | 'new' | null;
  readonly fresh: Settings;
  readonly taken: readonly string[];
  readonly canSave?: (settings: Settings) => boolean;
  readonly onSave: (id: string, settings: Settings) => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: (
    settings: Settings,
    set: (part: Partial<Settings>) => void,
    replace: (settings: Settings) => void,
  ) => ReactNode;
}): ReactNode {
  const { noun, edited, fresh, taken, canSave = () => true, onSave, onClose, children } = props;
  const { failed, change } = useChange(WATCH);
  const [opened, setOpened] = useState<typeof edited>(null);
  const [settings, setSettings] = useState(fresh);
  // Only when it opens: news from the server must not undo what was typed.
  if (edited !== opened) {
    setOpened(edited);
    if (edited !== null) setSettings(edited === 'new' ? fresh : edited.settings);
  }
  return (
    <>
      <p role="alert" className="fail-text">
        {failed}
      </p>
      <FormDialog
        title={edited === 'new' ? `New ${noun}` : `Edit the ${noun}`}
        isOpen={edited !== null}
        onClose={onClose}
        verb="Save"
        canSave={settings.name.trim() !== '' && canSave(settings)}
        onSave={() => {
          if (edited === null) return;
          const id = edited === 'new' ? nameId(settings.name, { taken }) : edited.id;
          change(() => onSave(id, settings));
        }}
      >
        {children(settings, (part) => setSettings({ ...settings, ...part }), setSettings)}
      </FormDialog>
    </>
  );
}
