import { type ReactNode, useDeferredValue, useState } from 'react';
import { GRANULARITIES } from '../../../contract/grouping.ts';
import { count, percent } from '../../../text/format.ts';
import { Card } from '../../parts/Card.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { May } from '../access/Guard.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import type { Screen } from '../screen.ts';
import { pathOf } from '../workspace/addresses.ts';
import { ImportFiles } from './ImportFiles.tsx';
import {
  type Preview,
  type SessionFilter,
  usePreview,
  useSessionActions,
} from './sessions-queries.ts';

/** Filters by one of the values that there are. */
const VALUES = [
  ['signal', 'Detector'],
  ['promptVersion', 'Prompt version'],
  ['release', 'Release'],
  ['model', 'Model'],
  ['tenant', 'Tenant'],
  ['environment', 'Environment'],
  ['status', 'Status'],
] as const;

const [, ...STRATA] = VALUES;

/** Which traces, how they are analyzed, and with whom; with counts that follow every change. */
function NewSession(): ReactNode {
  const { project } = useAsking();
  const { go } = useNavigation();
  const { create } = useSessionActions('');
  const [filter, setFilter] = useState<SessionFilter>({});
  const [options, setOptions] = useState<Readonly<Record<string, unknown>>>({});
  const shown = useDeferredValue(filter);
  const counts = usePreview(shown, false);
  const values = usePreview(withoutDraw(shown), true);
  const set = (
    change: { readonly [Name in keyof SessionFilter]: SessionFilter[Name] | undefined },
  ) => setFilter((before) => defined({ ...before, ...change }));
  const option = (name: string, value: unknown): void =>
    setOptions((before) => defined({ ...before, [name]: value }));
  const begin = (form: FormData): void => {
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    create.mutate(
      {
        name: text('name'),
        filter,
        options,
        agenda: lines(text('agenda')).map((line) => ({ text: line, isDone: false })),
        people: text('people')
          .split(',')
          .map((name) => name.trim())
          .filter(Boolean),
      },
      { onSuccess: ({ id }) => go(pathOf(project, `/sessions/${id}`)) },
    );
  };
  const isHdbscan = (options['algorithm'] ?? 'hdbscan') === 'hdbscan';
  return (
    <form
      className="session-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!create.isPending) begin(new FormData(event.currentTarget));
      }}
    >
      <h1 tabIndex={-1}>New session</h1>
      <Counts counts={counts.data} error={counts.error} />
      <Card title="Which traces">
        <div className="fields">
          <div className="field-row">
            <Segments
              label="Verdict"
              options={[
                { value: undefined, text: 'All' },
                { value: true, text: 'Failed' },
                { value: false, text: 'Passed' },
              ]}
              chosen={filter.failed}
              onChoose={(failed) => set({ failed })}
            />
          </div>
          {VALUES.map(([name, label]) => (
            <Select
              key={name}
              label={label}
              value={filter[name] ?? ''}
              options={optionsOf(values.data, name, filter[name])}
              onChoose={(value) => set({ [name]: value === '' ? undefined : value })}
            />
          ))}
          <Score
            names={optionsOf(values.data, 'score', filter.score?.name)}
            score={filter.score}
            onScore={(score) => set({ score })}
          />
          <Labeled label="Words of the answer">
            <input
              className="field"
              type="search"
              maxLength={500}
              value={filter.words ?? ''}
              onChange={({ target: { value } }) =>
                set({ words: /[\p{L}\p{N}]/u.test(value) ? value : undefined })
              }
            />
          </Labeled>
          <Moment label="From" value={filter.from} onMoment={(from) => set({ from })} />
          <Moment label="To" value={filter.to} onMoment={(to) => set({ to })} />
          <Select
            label="Draw as many from each"
            value={filter.draw?.by ?? ''}
            none="no strata"
            options={STRATA.map(([value, text]) => ({ value, text }))}
            onChoose={(by) =>
              set({
                draw:
                  by === '' && filter.draw === undefined
                    ? undefined
                    : { most: filter.draw?.most ?? 500, by: stratum(by) },
              })
            }
          />
          <Numeral
            label={filter.draw?.by == null ? 'Traces at most' : 'Traces of each at most'}
            value={filter.draw?.most}
            placeholder="all"
            onNumber={(most) =>
              set({
                draw: most === undefined ? undefined : { by: filter.draw?.by ?? null, most },
              })
            }
          />
        </div>
      </Card>
      <Card title="How they are analyzed">
        <div className="fields">
          <Numeral
            label="Failures to group at most"
            placeholder="1000"
            value={numberOf(options['sample'])}
            onNumber={(value) => option('sample', value)}
          />
          <Select
            label="Algorithm"
            value={String(options['algorithm'] ?? '')}
            none="hdbscan"
            options={['kmeans', 'linkage'].map(asOption)}
            onChoose={(value) => {
              option('algorithm', value === '' ? undefined : value);
              option('clusters', undefined);
            }}
          />
          {!isHdbscan && (
            <Numeral
              label="Clusters"
              placeholder="by silhouette"
              value={numberOf(options['clusters'])}
              onNumber={(value) => option('clusters', value)}
            />
          )}
          <Select
            label="Granularity"
            value={String(options['granularity'] ?? '')}
            none="medium"
            options={GRANULARITIES.filter((name) => name !== 'medium').map(asOption)}
            onChoose={(value) => option('granularity', value === '' ? undefined : value)}
          />
          <Select
            label="Embedder"
            value={String(options['embedder'] ?? '')}
            none="static"
            options={[asOption('lexical')]}
            onChoose={(value) => option('embedder', value === '' ? undefined : value)}
          />
          <Labeled label="Views with weights">
            <input
              className="field"
              placeholder="brief=0.7,output=0.3"
              value={String(options['view'] ?? '')}
              onChange={({ target: { value } }) => option('view', value === '' ? undefined : value)}
            />
          </Labeled>
          <Numeral
            label="Smallest cluster"
            placeholder="by the sample"
            value={numberOf(options['minClusterSize'])}
            onNumber={(value) => option('minClusterSize', value)}
          />
          <Numeral
            label="Seed"
            placeholder="42"
            value={numberOf(options['seed'])}
            onNumber={(value) => option('seed', value)}
          />
        </div>
      </Card>
      <Card title="For people">
        <div className="fields">
          <Labeled label="Name">
            <input className="field" name="name" maxLength={200} placeholder="date and time" />
          </Labeled>
          <Labeled label="People, with commas">
            <input className="field" name="people" maxLength={2000} />
          </Labeled>
          <Labeled label="Agenda, a line each">
            <textarea className="field" name="agenda" rows={3} />
          </Labeled>
        </div>
      </Card>
      <div className="actions session-begin">
        <button type="submit" className="button" data-main="">
          {create.isPending ? 'Beginning …' : 'Begin'}
        </button>
        <May route="POST /imports">
          <ImportFiles />
        </May>
        {create.error !== null && (
          <span className="fail-text" role="alert">
            {reasonOf(create.error)}
          </span>
        )}
      </div>
    </form>
  );
}

function Counts(props: {
  readonly counts: Preview | undefined;
  readonly error: Error | null;
}): ReactNode {
  const { counts, error } = props;
  if (error !== null)
    return (
      <p className="fail-text" role="alert">
        {reasonOf(error)}
      </p>
    );
  const figures = [
    ['Traces', counts?.traces],
    ['Can be judged', counts?.eligible],
    ['Failed', counts?.failed],
    ['With a reason', counts?.explained],
  ] as const;
  return (
    <dl className="figures session-counts" aria-live="polite" data-counted={counts !== undefined}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value === undefined ? '…' : count(value)}
            {name === 'Failed' && counts !== undefined && counts.eligible > 0 && (
              <small>{percent(counts.failed / counts.eligible)}</small>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface Option {
  readonly value: string;
  readonly text: string;
}

const asOption = (value: string): Option => ({ value, text: value });

/** Values that are there, with their counts; what is chosen stays. */
function optionsOf(
  counts: Preview | undefined,
  of: string,
  chosen: string | undefined,
): readonly Option[] {
  const there = (counts?.values ?? [])
    .filter((each) => each.of === of)
    .map(({ value, traces, failed }) => ({
      value,
      text: `${value.replaceAll('_', ' ')} (${count(failed)} of ${count(traces)} failed)`,
    }));
  const isThere = chosen === undefined || there.some(({ value }) => value === chosen);
  return isThere ? there : [...there, { value: chosen, text: chosen }];
}

function Labeled(props: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label>
      <span>{props.label}</span>
      {props.children}
    </label>
  );
}

function Select(props: {
  readonly label: string;
  readonly value: string;
  readonly none?: string;
  readonly options: readonly Option[];
  readonly onChoose: (value: string) => void;
}): ReactNode {
  const { label, value, none = 'any', options, onChoose } = props;
  return (
    <Labeled label={label}>
      <select className="field" value={value} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{none}</option>
        {options.map((each) => (
          <option key={each.value} value={each.value}>
            {each.text}
          </option>
        ))}
      </select>
    </Labeled>
  );
}

function Numeral(props: {
  readonly label: string;
  readonly value: number | undefined;
  readonly placeholder: string;
  readonly onNumber: (value: number | undefined) => void;
}): ReactNode {
  const { label, value, placeholder, onNumber } = props;
  return (
    <Labeled label={label}>
      <input
        className="field"
        type="number"
        min={0}
        step={1}
        placeholder={placeholder}
        value={value ?? ''}
        onChange={({ target }) =>
          onNumber(numberOf(target.value === '' ? undefined : Number(target.value)))
        }
      />
    </Labeled>
  );
}

function Score(props: {
  readonly names: readonly Option[];
  readonly score: SessionFilter['score'] | undefined;
  readonly onScore: (score: SessionFilter['score'] | undefined) => void;
}): ReactNode {
  const { names, score, onScore } = props;
  return (
    <>
      <Select
        label="Score"
        value={score?.name ?? ''}
        options={names}
        onChoose={(name) => onScore(name === '' ? undefined : defined({ ...score, name }))}
      />
      {score !== undefined && (
        <Labeled label={`${score.name} below`}>
          <input
            className="field"
            type="number"
            step="any"
            placeholder="any value"
            value={score.below ?? ''}
            onChange={({ target: { value } }) =>
              onScore(defined({ ...score, below: value === '' ? undefined : Number(value) }))
            }
          />
        </Labeled>
      )}
    </>
  );
}

function Moment(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onMoment: (value: string | undefined) => void;
}): ReactNode {
  const { label, value, onMoment } = props;
  return (
    <Labeled label={`${label}, UTC`}>
      <input
        className="field"
        type="datetime-local"
        value={value?.slice(0, 16) ?? ''}
        onChange={({ target }) => onMoment(target.value === '' ? undefined : `${target.value}:00Z`)}
      />
    </Labeled>
  );
}

const stratum = (name: string) => STRATA.find(([value]) => value === name)?.[0] ?? null;

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const lines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const withoutDraw = ({ draw: _, ...filter }: SessionFilter): SessionFilter => filter;

/** Without what is undefined. */
const defined = <Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]: Exclude<Fields[Name], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

export const newSessionScreen: Screen = {
  path: '/sessions/new',
  name: 'New session',
  icon: null,
  needsAnalysis: false,
  route: 'POST /sessions',
  keys: [
    ['Tab', 'next field'],
    ['Enter', 'begin'],
    ['Esc', 'back'],
  ],
  view: NewSession,
};
