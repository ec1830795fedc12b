import { type ReactNode, useState } from 'react';
import { plural } from '../../../text/format.ts';
import { Segments } from '../../parts/Segments.tsx';
import type { Choices } from './compare-queries.ts';
import { type ComparedBy, daysOf, type Sides, timeOf } from './sides.ts';

const KINDS = [
  { value: 'release', text: 'Releases' },
  { value: 'promptVersion', text: 'Prompt versions' },
  { value: 'time', text: 'Time' },
] as const satisfies readonly { readonly value: ComparedBy; readonly text: string }[];

/** Which two groups of traces are compared, and within which environment and tenant. */
export function SidesForm(props: {
  readonly sides: Partial<Sides>;
  readonly choices: Choices | undefined;
  readonly onSides: (sides: Partial<Sides>) => void;
  readonly children: ReactNode;
}): ReactNode {
  const { sides, choices, onSides, children } = props;
  const { by = 'release', from, to, environment, tenant, promptName } = sides;
  const values = by === 'release' ? choices?.releases : choices?.promptVersions;
  const within = {
    ...(environment && { environment }),
    ...(tenant && { tenant }),
    ...(promptName && { promptName }),
  };
  const set = (change: Partial<Sides>): void => onSides({ ...sides, by, ...change });
  return (
    <fieldset className="sides" aria-label="What is compared">
      <Segments
        label="Compare"
        options={KINDS}
        chosen={by}
        onChoose={(value) => onSides({ by: value, ...within })}
      />
      {by === 'time' ? (
        <>
          <Days label="From" time={from ?? ''} onTime={(time) => set({ from: time })} />
          <Days label="To" time={to ?? ''} onTime={(time) => set({ to: time })} />
        </>
      ) : (
        <>
          <Value
            label="From"
            value={from}
            values={values}
            onValue={(value) => set({ from: value })}
          />
          <Value label="To" value={to} values={values} onValue={(value) => set({ to: value })} />
        </>
      )}
      <Within
        label="Environment"
        all="all environments"
        value={environment}
        values={choices?.environments}
        onValue={(value) => onSides({ ...without(sides, 'environment'), by, ...value })}
      />
      <Within
        label="Tenant"
        all="all tenants"
        value={tenant}
        values={choices?.tenants}
        onValue={(value) => onSides({ ...without(sides, 'tenant'), by, ...value })}
      />
      <Within
        label="Prompt"
        all="all prompts"
        value={promptName}
        values={[]}
        onValue={(value) => onSides({ ...without(sides, 'promptName'), by, ...value })}
      />
      {children}
    </fieldset>
  );
}

type Part = 'environment' | 'tenant' | 'promptName';

const PARTS = { Environment: 'environment', Tenant: 'tenant', Prompt: 'promptName' } as const;

function without(sides: Partial<Sides>, part: Part): Partial<Sides> {
  const { [part]: _, ...rest } = sides;
  return rest;
}

function Value(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly values: Choices['releases'] | undefined;
  readonly onValue: (value: string) => void;
}): ReactNode {
  const { label, value = '', values = [], onValue } = props;
  const isKnown = values.some((each) => each.value === value);
  return (
    <label>
      <span>{label}</span>
      <select
        className="field"
        value={value}
        onChange={({ target }) => onValue(target.value)}
        disabled={values.length === 0 && value === ''}
      >
        {!isKnown && <option value={value}>{value === '' ? 'none recorded' : value}</option>}
        {values.map((each) => (
          <option key={each.value} value={each.value}>
            {each.value} ({plural(each.traces, 'trace')})
          </option>
        ))}
      </select>
    </label>
  );
}

/** A stretch of whole days in UTC. What is not in order yet is not taken over. */
function Days(props: {
  readonly label: string;
  readonly time: string;
  readonly onTime: (time: string) => void;
}): ReactNode {
  const { label, time, onTime } = props;
  const [typed, setTyped] = useState<readonly [string, string] | null>(null);
  const [first, last] = typed ?? daysOf(time);
  const take = (days: readonly [string, string]): void => {
    const next = timeOf(...days);
    setTyped(next === null ? days : null);
    if (next !== null) onTime(next);
  };
  return (
    <fieldset className="days">
      <legend>{label}</legend>
      <input
        className="field"
        type="date"
        aria-label={`${label}: first day`}
        value={first}
        aria-invalid={typed !== null || undefined}
        onChange={({ target }) => take([target.value, last])}
      />
      <span aria-hidden="true">–</span>
      <input
        className="field"
        type="date"
        aria-label={`${label}: last day`}
        value={last}
        aria-invalid={typed !== null || undefined}
        onChange={({ target }) => take([first, target.value])}
      />
    </fieldset>
  );
}

function Within<Label extends keyof typeof PARTS>(props: {
  readonly label: Label;
  readonly all: string;
  readonly value: string | undefined;
  readonly values: readonly string[] | undefined;
  readonly onValue: (value: Partial<Record<(typeof PARTS)[Label], string>>) => void;
}): ReactNode {
  const { label, all, value = '', values = [], onValue } = props;
  if (values.length === 0 && value === '') return null;
  const part = PARTS[label];
  return (
    <label>
      <span>{label}</span>
      <select
        className="field"
        value={value}
        onChange={({ target }) =>
          onValue(
            (target.value === '' ? {} : { [part]: target.value }) as Partial<
              Record<(typeof PARTS)[Label], string>
            >,
          )
        }
      >
        <option value="">{all}</option>
        {[...new Set([...values, ...(value === '' ? [] : [value])])].map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </label>
  );
}
