import { type ReactNode, useId } from 'react';
import { count } from '../../../../text/format.ts';
import { moment } from '../../../../text/moments.ts';
import { Button } from '../../../parts/Button.tsx';
import { type Facet, NOT_RECORDED } from '../../model/facets.ts';
import { EVERYTHING, FACET_LABELS, type Scope } from '../../model/scope.ts';

/** All facets and the time, in a panel that opens under the top bar. */
export function FilterPanel(props: {
  readonly facets: readonly Facet[];
  readonly scope: Scope;
  readonly onScope: (scope: Scope) => void;
  readonly times: readonly number[];
}): ReactNode {
  const { facets, scope, onScope, times } = props;
  return (
    <div id="filters" popover="auto" className="filters">
      {facets.map(({ name, values }) => (
        <Choice
          key={name}
          label={FACET_LABELS[name]}
          all={`All ${FACET_LABELS[name]}s`}
          chosen={scope[name]}
          options={values.map(({ value, failures }) => ({
            value,
            text: `${value === '' ? NOT_RECORDED : value} (${count(failures)} failed)`,
          }))}
          onChoose={(value) => onScope({ ...scope, [name]: value })}
        />
      ))}
      {times.length > 2 && (
        <>
          <Choice
            label="from"
            all="the beginning"
            chosen={asText(scope.from)}
            options={times.slice(0, -1).map(asTime)}
            onChoose={(value) => onScope({ ...scope, from: value === null ? null : Number(value) })}
          />
          <Choice
            label="until"
            all="the end"
            chosen={asText(scope.to)}
            options={times.slice(1).map(asTime)}
            onChoose={(value) => onScope({ ...scope, to: value === null ? null : Number(value) })}
          />
        </>
      )}
      {facets.length === 0 && times.length <= 2 && (
        <p>The traces have one version, one tenant and no times: there is nothing to choose.</p>
      )}
      <Button onPress={() => onScope(EVERYTHING)}>Show everything</Button>
    </div>
  );
}

const asText = (time: number | null): string | null => (time === null ? null : String(time));
const asTime = (time: number): { value: string; text: string } => ({
  value: String(time),
  text: moment(time),
});

/** The first option means all; its index, not its text, is the value, since a facet may have any text. */
function Choice(props: {
  readonly label: string;
  readonly all: string;
  readonly chosen: string | null;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChoose: (value: string | null) => void;
}): ReactNode {
  const { label, all, chosen, options, onChoose } = props;
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={options.findIndex(({ value }) => value === chosen)}
        onChange={(event) => onChoose(options[Number(event.target.value)]?.value ?? null)}
      >
        <option value={-1}>{all}</option>
        {options.map(({ value, text }, i) => (
          <option key={value} value={i}>
            {text}
          </option>
        ))}
      </select>
    </>
  );
}
