import { useRouterState } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { percent, plural } from '../../../text/format.ts';
import { timeAxis } from '../../change/model/time-axis.ts';
import { TimeLegend } from '../../change/views/trend/TimeLegend.tsx';
import { TimeScores } from '../../change/views/trend/TimeScores.tsx';
import { focusNext } from '../../hooks/focus-next.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Empty } from '../../parts/Empty.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { reasonOf, useAsking } from '../client/asking.ts';
import { searchOf } from '../compare/sides.ts';
import { pathOf } from '../workspace/addresses.ts';
import { Checks } from './Checks.tsx';
import { compareHref } from './compare-href.ts';
import { PassRates } from './PassRates.tsx';
import { TrafficChart } from './TrafficChart.tsx';
import { VersionTable } from './VersionTable.tsx';
import { type Versions as Data, useVersions, type VersionQuery } from './versions-queries.ts';
import '../../styles/heat.css';
import '../../change/views/change.css';
import '../../change/views/trend/trend.css';
import '../compare/compare.css';
import './versions.css';

const KINDS = [
  { value: 'promptVersion', text: 'Prompt versions' },
  { value: 'release', text: 'Releases' },
] as const;

/** Versions over time: their traffic, what passes, how scores moved, and what each new one changed. */
export function Versions(): ReactNode {
  const { searchStr } = useRouterState({ select: (state) => state.location });
  const { project } = useAsking();
  const { go } = useNavigation();
  const query = useMemo(() => queryOf(searchStr), [searchStr]);
  const { data, error } = useVersions(query);
  const [chosen, setChosen] = useState<readonly [string, string] | null>(null);
  const values = data?.versions.map(({ value }) => value) ?? [];
  const sides = chosen ?? ([values.at(-2) ?? '', values.at(-1) ?? ''] as const);
  const isPair = sides[0] !== sides[1] && sides.every((side) => values.includes(side));
  useKeys({
    ...(values.length > 0 && {
      'j ArrowDown': () => focusNext('.version-link', 1),
      'k ArrowUp': () => focusNext('.version-link', -1),
    }),
    ...(data !== undefined && isPair && { c: () => go(compareHref(project, data, query, sides)) }),
  });
  const axis = useMemo(
    () =>
      timeAxis({
        groups: (data?.starts ?? []).map((start) => ({ name: '', start })),
        ...{ releases: data?.releases ?? [], by: data?.unit ?? 'day' },
      }),
    [data],
  );
  if (data === undefined)
    return <h1 tabIndex={-1}>{error === null ? 'Versions' : reasonOf(error)}</h1>;
  const to = (change: VersionQuery): void => {
    setChosen(null);
    go(`${pathOf(project, '/versions')}${searchOf({ by: data.by, ...change })}`, 'replace');
  };
  return (
    <>
      <h1 tabIndex={-1} dir="auto">
        {titleOf(data)}
      </h1>
      <fieldset className="sides" aria-label="What is shown">
        <Segments
          label="Versions of"
          options={KINDS}
          chosen={data.by}
          onChoose={(by) => to({ by, ...without(query, 'prompt') })}
        />
        {data.environments.length > 0 && (
          <Choice
            label="Environment"
            value={query.environment ?? ''}
            options={['', ...data.environments]}
            empty="all environments"
            onValue={(environment) =>
              to({ ...without(query, 'environment'), ...(environment && { environment }) })
            }
          />
        )}
        {data.prompts.length > 1 && (
          <Choice
            label="Prompt"
            value={data.prompt ?? ''}
            options={data.prompts}
            empty="without a name"
            onValue={(prompt) => to({ ...query, prompt })}
          />
        )}
        {values.length > 1 && (
          <>
            {(['From', 'To'] as const).map((label, at) => (
              <Choice
                key={label}
                label={label}
                value={sides[at] ?? ''}
                options={values}
                empty=""
                onValue={(value) => setChosen(at === 0 ? [value, sides[1]] : [sides[0], value])}
              />
            ))}
            {isPair && (
              <a className="button" data-main="" href={compareHref(project, data, query, sides)}>
                Compare <kbd>c</kbd>
              </a>
            )}
          </>
        )}
      </fieldset>
      {data.versions.length === 0 ? (
        <Empty title="No trace names one">
          <p>
            Record the version of the prompt or the release with your traces: the page{' '}
            <a className="link" href={pathOf(project, '/sources')}>
              Sources
            </a>{' '}
            has the line for your SDK.
          </p>
        </Empty>
      ) : (
        <div className="stack">
          <Checks checks={data.checks} />
          <TrafficChart data={data} axis={axis} />
          <VersionTable data={data} query={query} />
          <PassRates data={data} />
          {data.scores.length > 0 && (
            <div className="change">
              <TimeScores
                trend={{
                  scores: data.scores,
                  rolling: data.unit === 'day' ? '7 days' : '24 hours',
                  groups: data.starts,
                }}
                axis={axis}
              />
              <TimeLegend />
            </div>
          )}
        </div>
      )}
    </>
  );
}

function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  /** What '' is called. */
  readonly empty: string;
  readonly onValue: (value: string) => void;
}): ReactNode {
  const { label, value, options, empty, onValue } = props;
  return (
    <label>
      <span>{label}</span>
      <select className="field" value={value} onChange={({ target }) => onValue(target.value)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {option === '' ? empty : option}
          </option>
        ))}
      </select>
    </label>
  );
}

function queryOf(search: string): VersionQuery {
  const given = new URLSearchParams(search);
  const by = KINDS.find(({ value }) => value === given.get('by'))?.value;
  const [environment, prompt] = [given.get('environment'), given.get('prompt')];
  return {
    ...(by !== undefined && { by }),
    ...(environment && { environment }),
    ...(prompt !== null && { prompt }),
  };
}

function without(query: VersionQuery, part: 'environment' | 'prompt'): VersionQuery {
  const { [part]: _, ...rest } = query;
  return rest;
}

/** Who has the traffic now. */
function titleOf({ versions, others, starts, by }: Data): string {
  const name = by === 'release' ? 'release' : 'prompt version';
  if (versions.length === 0) return `No ${name} yet`;
  const totals = starts.map((_, at) =>
    versions.reduce((sum, { traffic }) => sum + (traffic[at] ?? 0), others[at] ?? 0),
  );
  const last = totals.findLastIndex((total) => total > 0);
  const [most] = versions.toSorted((a, b) => (b.traffic[last] ?? 0) - (a.traffic[last] ?? 0));
  const share = (most?.traffic[last] ?? 0) / (totals[last] ?? 1);
  return `${plural(versions.length, name)}; ${most?.value} has ${percent(share)} of the traffic now`;
}
