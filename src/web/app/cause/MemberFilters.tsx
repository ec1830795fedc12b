import type { ReactNode } from 'react';
import { count } from '../../../text/format.ts';
import {
  type ChosenValues,
  countedValues,
  hasValues,
  type MemberFilter,
} from './member-filters.ts';

/** A menu for each thing by which the failures of a cause differ; its counts follow the other menus. */
export function MemberFilters(props: {
  readonly filters: readonly MemberFilter[];
  /** Positions of the failures, as the words leave them. */
  readonly failures: readonly number[];
  readonly chosen: ChosenValues;
  readonly onChoose: (chosen: ChosenValues) => void;
}): ReactNode {
  const { filters, failures, chosen, onChoose } = props;
  if (filters.length === 0) return null;
  return (
    <fieldset className="member-filters" aria-label="Filter its failures">
      {filters.map((filter) => {
        const { name } = filter;
        const { [name]: value, ...others } = chosen;
        const rest = failures.filter((i) => hasValues(filters, others, i));
        const values = countedValues(filter, rest, value);
        return (
          <select
            key={name}
            className="field"
            aria-label={name}
            data-chosen={value !== undefined || undefined}
            value={values.findIndex((each) => each.value === value)}
            onChange={({ target }) => {
              const next = values[Number(target.value)]?.value;
              onChoose(next === undefined ? others : { ...others, [name]: next });
            }}
          >
            <option value={-1}>any {name}</option>
            {values.map((each, at) => (
              <option key={each.value} value={at}>
                {each.text} ({count(each.failures)})
              </option>
            ))}
          </select>
        );
      })}
    </fieldset>
  );
}
