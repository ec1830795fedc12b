import { type ReactNode, useEffect, useId, useState } from 'react';
import { FormDialog } from '../../parts/FormDialog.tsx';
import type { Judge, JudgeSettings } from './use-watch.ts';

/** What a judge may do unless people say otherwise. */
export const FRESH_JUDGE = {
  ...{ rate: 0.1, environment: '', isPaused: false },
  budget: { callsPerHour: 200, callsPerDay: 2_000, tokensPerDay: null, dollarsPerDay: null },
} as const satisfies JudgeSettings;

type Budget = NonNullable<JudgeSettings['budget']>;

/** How a project uses a judge: which share of the traces, and what it may spend. */
export function JudgeDialog(props: {
  readonly edited: Judge | null;
  readonly onClose: () => void;
  readonly onSave: (settings: JudgeSettings) => void;
}): ReactNode {
  const { edited, onClose, onSave } = props;
  const [settings, setSettings] = useState<JudgeSettings>(FRESH_JUDGE);
  useEffect(() => {
    if (edited !== null) setSettings(edited.use?.settings ?? FRESH_JUDGE);
  }, [edited]);
  const id = useId();
  const { rate = FRESH_JUDGE.rate, environment = '' } = settings;
  const budget: Budget = { ...FRESH_JUDGE.budget, ...settings.budget };
  const setBudget = (name: keyof Budget, text: string): void => {
    const value = text === '' ? null : Number(text);
    setSettings({ ...settings, budget: { ...budget, [name]: value } as Budget });
  };
  const bounds = [
    ['callsPerHour', 'Calls an hour, at most', true],
    ['callsPerDay', 'Calls a day, at most', true],
    ['tokensPerDay', 'Tokens a day, at most (may be empty)', edited?.kind === 'model'],
    ['dollarsPerDay', 'US dollars a day, at most (may be empty)', edited?.hasPrice === true],
  ] as const;
  return (
    <FormDialog
      title={edited === null ? 'Judge' : `Judge ${edited.name}`}
      isOpen={edited !== null}
      onClose={onClose}
      verb="Save"
      canSave={
        rate > 0 && rate <= 1 && Number(budget.callsPerHour) > 0 && Number(budget.callsPerDay) > 0
      }
      onSave={() => onSave({ ...settings, budget })}
    >
      <label htmlFor={`${id}-rate`}>Share of the finished traces, in percent</label>
      <input
        id={`${id}-rate`}
        className="field"
        type="number"
        min={0.01}
        max={100}
        step="any"
        required
        value={Number((rate * 100).toFixed(4))}
        onChange={(event) => setSettings({ ...settings, rate: Number(event.target.value) / 100 })}
      />
      <label htmlFor={`${id}-environment`}>Only of the environment (may be empty)</label>
      <input
        id={`${id}-environment`}
        className="field"
        maxLength={200}
        value={environment}
        onChange={(event) => setSettings({ ...settings, environment: event.target.value })}
      />
      {bounds.map(
        ([name, label, isShown]) =>
          isShown && (
            <div key={name} className="watch-field">
              <label htmlFor={`${id}-${name}`}>{label}</label>
              <input
                id={`${id}-${name}`}
                className="field"
                type="number"
                min={name === 'dollarsPerDay' ? 0.01 : 1}
                step={name === 'dollarsPerDay' ? 'any' : 1}
                value={budget[name] ?? ''}
                onChange={(event) => setBudget(name, event.target.value)}
              />
            </div>
          ),
      )}
    </FormDialog>
  );
}
