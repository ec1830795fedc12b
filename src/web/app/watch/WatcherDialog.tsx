import { type ReactNode, useId } from 'react';
import { useAsking } from '../client/asking.ts';
import { useLatest, useReport } from '../client/queries.ts';
import { ChannelChoice } from './ChannelChoice.tsx';
import { PastChart } from './PastChart.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import { CHANGE, type Watcher, type WatcherSettings } from './use-watch.ts';
import { HAS_THRESHOLDS, hasSeries, KINDS, METHODS, WHERE } from './watched-text.ts';

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
  (of.kind !== 'cause' || of.cause !== '') &&
  (of.kind !== 'versions' || Number.isInteger(of.floor ?? 100));

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
    const { method: _, thresholds: __, direction: ___, where: all = {}, ...rest } = settings;
    const { release: ____, promptVersion: _____, ...around } = all;
    onChange({ ...rest, of: freshOf(kind), where: kind === 'versions' ? around : all });
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
      {of.kind === 'versions' && (
        <>
          <label htmlFor={`${id}-by`}>Versions of</label>
          <select
            id={`${id}-by`}
            className="field"
            value={of.by}
            onChange={({ target }) =>
              set({ of: { ...of, by: target.value as 'promptVersion' | 'release' } })
            }
          >
            <option value="promptVersion">the prompt</option>
            <option value="release">the application (releases)</option>
          </select>
          <label htmlFor={`${id}-floor`}>Traces that both need before they are compared</label>
          <input
            id={`${id}-floor`}
            className="field"
            type="number"
            min={100}
            max={1_000_000}
            required
            value={of.floor ?? 100}
            onChange={({ target }) => set({ of: { ...of, floor: Number(target.value) } })}
          />
        </>
      )}
      {WHERE.slice(0, of.kind === 'versions' ? 2 : undefined).map(([name, text]) => (
        <div key={name} className="watch-field">
          <label htmlFor={`${id}-${name}`}>Only of the {text} (may be empty)</label>
          <input
            id={`${id}-${name}`}
            className="field"
            value={where[name] ?? ''}
            onChange={(event) => setWhere(name, event.target.value)}
          />
        </div>
      ))}
      {hasSeries(of.kind) && (
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
      {METHODS[of.kind] !== undefined && (
        <>
          <label htmlFor={`${id}-method`}>Watch it for</label>
          <select
            id={`${id}-method`}
            className="field"
            value={settings.method ?? ''}
            onChange={({ target }) => {
              const { method: _, ...rest } = settings;
              const chosen = target.value as '' | 'cusum' | 'ewma';
              onChange(chosen === '' ? rest : { ...rest, method: chosen });
            }}
          >
            <option value="">as usual for it ({METHODS[of.kind]?.[0]?.[1]})</option>
            {METHODS[of.kind]?.map(([method, text]) => (
              <option key={method} value={method}>
                {text} ({method.toUpperCase()})
              </option>
            ))}
          </select>
        </>
      )}
      {HAS_THRESHOLDS.has(of.kind) && (
        <Thresholds id={id} settings={settings} onChange={onChange} />
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

/** How far out of the ordinary an alert begins, in the last hour and the last six. */
function Thresholds(props: {
  readonly id: string;
  readonly settings: WatcherSettings;
  readonly onChange: (settings: WatcherSettings) => void;
}): ReactNode {
  const { id, settings, onChange } = props;
  const { thresholds, ...rest } = settings;
  const { short, long } = thresholds ?? USUAL;
  const set = (part: Partial<typeof USUAL>): void => {
    const next = { short, long, ...part };
    const isUsual = next.short === USUAL.short && next.long === USUAL.long;
    onChange(isUsual ? rest : { ...rest, thresholds: next });
  };
  return (['short', 'long'] as const).map((name) => (
    <div key={name} className="watch-field">
      <label htmlFor={`${id}-${name}`}>
        Standard deviations {name === 'short' ? 'in the last hour' : 'in the last six'}
      </label>
      <input
        id={`${id}-${name}`}
        className="field"
        type="number"
        min={0.1}
        max={20}
        step={0.1}
        value={name === 'short' ? short : long}
        onChange={({ target }) => {
          if (target.valueAsNumber > 0) set({ [name]: target.valueAsNumber });
        }}
      />
    </div>
  ));
}

/** Where an alert begins unless people say otherwise. */
const USUAL = { short: 3, long: 2 };

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
  if (kind === 'versions') return { kind, by: 'promptVersion', floor: 100 };
  return { kind };
};
