import { type ReactNode, useId } from 'react';
import { useAsking } from '../client/asking.ts';
import { useLatest, useReport } from '../client/queries.ts';
import { ChannelChoice } from './ChannelChoice.tsx';
import { PastChart } from './PastChart.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import { CHANGE, type Watcher, type WatcherSettings } from './use-watch.ts';
import { KINDS } from './watched-text.ts';

type Of = WatcherSettings['of'];

/** Makes or changes a watcher, and shows what alerts it would have sent in the last 30 days. */
export function WatcherDialog(props: {
  readonly edited: Watcher | 'new' | null;
  readonly channels: readonly string[];
  readonly taken: readonly string[];
  readonly onClose: () => void;
}): ReactNode {
  const { channels } = props;
  const { client } = useAsking();
  return (
    <SettingsDialog
      {...props}
      noun="watcher"
      fresh={{ ...FRESH, channels: [...channels] }}
      canSave={isComplete}
      onSave={(id, body) => client(CHANGE, { path: { id }, body })}
    >
      {(settings, _, replace) => (
        <>
          <Fields settings={settings} channels={channels} onChange={replace} />
          {isComplete(settings) && <PastChart settings={settings} />}
        </>
      )}
    </SettingsDialog>
  );
}

const FRESH: WatcherSettings = { name: '', of: { kind: 'failures' } };

const isComplete = ({ name, of }: WatcherSettings): boolean =>
  name.trim() !== '' &&
  (of.kind !== 'score' || of.score !== '') &&
  (of.kind !== 'cause' || of.cause !== '');

function Fields(props: {
  readonly settings: WatcherSettings;
  readonly channels: readonly string[];
  readonly onChange: (settings: WatcherSettings) => void;
}): ReactNode {
  const { settings, channels, onChange } = props;
  const id = useId();
  const { of, where = {} } = settings;
  const set = (part: Partial<WatcherSettings>): void => onChange({ ...settings, ...part });
  const setWhere = (name: keyof typeof where, value: string): void => {
    const { [name]: _, ...rest } = where;
    set({ where: value === '' ? rest : { ...rest, [name]: value } });
  };
  const setKind = (kind: Of['kind']): void => {
    const { method: _, thresholds: __, direction: ___, ...rest } = settings;
    onChange({ ...rest, of: freshOf(kind) });
  };
  return (
    <>
      <label htmlFor={`${id}-name`}>Name</label>
      <input
        id={`${id}-name`}
        className="field"
        required
        maxLength={120}
        value={settings.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <label htmlFor={`${id}-kind`}>What</label>
      <select
        id={`${id}-kind`}
        className="field"
        value={of.kind}
        onChange={(event) => setKind(event.target.value as Of['kind'])}
      >
        {Object.entries(KINDS).map(([kind, text]) => (
          <option key={kind} value={kind}>
            {text}
          </option>
        ))}
      </select>
      {of.kind === 'score' && (
        <>
          <label htmlFor={`${id}-score`}>Name of the score</label>
          <input
            id={`${id}-score`}
            className="field"
            required
            value={of.score}
            onChange={(event) => set({ of: { kind: 'score', score: event.target.value } })}
          />
        </>
      )}
      {of.kind === 'cause' && (
        <CauseField
          id={`${id}-cause`}
          cause={of.cause}
          onChange={(cause) => set({ of: { kind: 'cause', cause } })}
        />
      )}
      {(['environment', 'tenant'] as const).map((name) => (
        <div key={name} className="watch-field">
          <label htmlFor={`${id}-${name}`}>Only of the {name} (may be empty)</label>
          <input
            id={`${id}-${name}`}
            className="field"
            value={where[name] ?? ''}
            onChange={(event) => setWhere(name, event.target.value)}
          />
        </div>
      ))}
      {of.kind !== 'sources' && (
        <>
          <label htmlFor={`${id}-direction`}>Alert when it goes</label>
          <select
            id={`${id}-direction`}
            className="field"
            value={settings.direction ?? ''}
            onChange={(event) => {
              const { direction: _, ...rest } = settings;
              const chosen = event.target.value as '' | 'up' | 'down' | 'both';
              onChange(chosen === '' ? rest : { ...rest, direction: chosen });
            }}
          >
            <option value="">as usual for it (scores down, traffic both, others up)</option>
            <option value="up">up</option>
            <option value="down">down</option>
            <option value="both">up or down</option>
          </select>
        </>
      )}
      <label htmlFor={`${id}-owner`}>Owner (may be empty)</label>
      <input
        id={`${id}-owner`}
        className="field"
        maxLength={200}
        value={settings.owner ?? ''}
        onChange={(event) => set({ owner: event.target.value })}
      />
      <ChannelChoice
        legend="Tell"
        channels={channels}
        chosen={settings.channels ?? []}
        onChange={(chosen) => set({ channels: [...chosen] })}
      />
    </>
  );
}

function CauseField(props: {
  readonly id: string;
  readonly cause: string;
  readonly onChange: (cause: string) => void;
}): ReactNode {
  const { id, cause, onChange } = props;
  const { data: latest } = useLatest();
  const { data: report } = useReport(latest?.analysis?.id);
  return (
    <>
      <label htmlFor={id}>Cause</label>
      <select
        id={id}
        className="field"
        required
        value={cause}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">Choose</option>
        {report?.analysis.clusters.map((each) => (
          <option key={each.id} value={each.id}>
            {each.title}
          </option>
        ))}
      </select>
    </>
  );
}

const freshOf = (kind: Of['kind']): Of => {
  if (kind === 'score') return { kind, score: '' };
  if (kind === 'cause') return { kind, cause: '' };
  return { kind };
};
