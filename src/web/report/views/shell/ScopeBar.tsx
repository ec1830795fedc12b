import type { ReactNode } from 'react';
import { count } from '../../../../text/format.ts';
import { Icon } from '../../../parts/Icon.tsx';
import { Segments } from '../../../parts/Segments.tsx';
import { type Facet, NOT_RECORDED } from '../../model/facets.ts';
import { EVERYTHING, FACET_LABELS, FACETS, isNarrow, type Scope } from '../../model/scope.ts';
import { FilterPanel } from './FilterPanel.tsx';

const SEGMENTS = 3;
const SEGMENTS_WIDTH = 34;

/** Which part of the data is shown: short facets in sight, all of them in a panel, and what is chosen as chips. */
export function ScopeBar(props: {
  readonly facets: readonly Facet[];
  readonly scope: Scope;
  readonly onScope: (scope: Scope) => void;
  /** The times that traces can be chosen by; empty without times. */
  readonly times: readonly number[];
  readonly period: string | null;
}): ReactNode {
  const { facets, scope, onScope, times, period } = props;
  const inSight = facets.filter(isShort).slice(0, 2);
  const chip = chipOf(scope, inSight);
  return (
    <div className="scope">
      {inSight.map(({ name, values }) => (
        <Segments
          key={name}
          label={FACET_LABELS[name]}
          options={[
            { value: null, text: `All ${FACET_LABELS[name]}s` },
            ...values
              .toSorted((a, b) => (a.value < b.value ? -1 : 1))
              .map(({ value }) => ({ value, text: value === '' ? NOT_RECORDED : value })),
          ]}
          chosen={scope[name]}
          onChoose={(value) => onScope({ ...scope, [name]: value })}
        />
      ))}
      <button
        type="button"
        className="pick"
        popoverTarget="filters"
        data-narrow={isNarrow(scope) || undefined}
      >
        <span className="pick-period">{period ?? 'Filter'}</span>
        <span className="pick-word">Filter</span>
        {isNarrow(scope) && <span className="hidden">, filtered</span>}
      </button>
      {chip !== null && (
        <button
          type="button"
          className="chip"
          onClick={() => onScope({ ...scope, ...chip.cleared })}
          title="Take back"
        >
          <span>{chip.text}</span>
          <Icon name="close" />
        </button>
      )}
      <FilterPanel facets={facets} scope={scope} onScope={onScope} times={times} />
    </div>
  );
}

const isShort = ({ values }: Facet): boolean =>
  values.length <= SEGMENTS &&
  values.reduce((sum, { value }) => sum + value.length, 0) <= SEGMENTS_WIDTH;

interface Chip {
  readonly text: string;
  readonly cleared: Partial<Scope>;
}

/** What is chosen and not in sight otherwise: itself, or how many there are. */
function chipOf(scope: Scope, inSight: readonly Facet[]): Chip | null {
  const names = FACETS.filter(
    (name) => scope[name] !== null && !inSight.some((facet) => facet.name === name),
  );
  const chips: Chip[] = names.map((name) => ({
    text: `${FACET_LABELS[name]}: ${scope[name] === '' ? NOT_RECORDED : scope[name]}`,
    cleared: { [name]: null },
  }));
  if (scope.from !== null || scope.to !== null)
    chips.push({ text: 'part of the time', cleared: { from: null, to: null } });
  if (scope.area !== null) chips.push({ text: 'area on the map', cleared: { area: null } });
  if (chips.length < 2) return chips[0] ?? null;
  return { text: `${count(chips.length)} filters`, cleared: EVERYTHING };
}
