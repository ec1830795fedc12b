import { type ReactNode, useMemo } from 'react';
import { count, plural } from '../../../text/format.ts';
import { goTo } from '../../hooks/use-hash.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Empty } from '../../parts/Empty.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { WindowedList } from '../../parts/WindowedList.tsx';
import { type CaseFilter, hashOf, NO_FILTER } from '../model/route.ts';
import type { RunModel, ShownCase } from '../model/run-model.ts';
import { CaseRow, focusCase } from './CaseRow.tsx';

const ROW = 48;

/** All cases, those that need a look first, by role, result and words. */
export function CasesPage(props: {
  readonly model: RunModel;
  readonly filter: CaseFilter;
}): ReactNode {
  const { model, filter } = props;
  const found = useMemo(() => filtered(model.cases, filter), [model, filter]);
  const to = (next: Partial<CaseFilter>): void =>
    goTo(hashOf({ kind: 'cases', filter: { ...filter, ...next } }), 'replace');
  useKeys({ 'j ArrowDown': () => focusCase(1), 'k ArrowUp': () => focusCase(-1) });
  return (
    <section className="cases-page">
      <div className="cases-head">
        <h1 tabIndex={-1} aria-live="polite">
          {found.length === model.cases.length
            ? plural(found.length, 'case')
            : `${count(found.length)} of ${plural(model.cases.length, 'case')}`}
        </h1>
        <Segments
          label="Role"
          options={ROLES}
          chosen={filter.role}
          onChoose={(role) => to({ role })}
        />
        <Segments
          label="Result"
          options={RESULTS}
          chosen={filter.result}
          onChoose={(result) => to({ result })}
        />
      </div>
      {found.length === 0 ? (
        <Empty title="No case matches">
          <p>
            <a className="link" href={hashOf({ kind: 'cases', filter: NO_FILTER })}>
              Show all cases
            </a>
          </p>
        </Empty>
      ) : (
        <div className="card cases-box">
          <WindowedList
            count={found.length}
            rowHeight={ROW}
            label="Cases"
            row={(position) => {
              const shown = found[position];
              return shown && <CaseRow shown={shown} withCause={model.data.causes.length > 1} />;
            }}
          />
        </div>
      )}
    </section>
  );
}

const ROLES = [
  { value: null, text: 'All' },
  { value: 'guard', text: 'Guards' },
  { value: 'control', text: 'Controls' },
  { value: 'slice', text: 'Slice' },
] as const;

const RESULTS = [
  { value: null, text: 'Any result' },
  { value: 'pass', text: 'Pass' },
  { value: 'other', text: 'Do not pass' },
] as const;

/** All words have to be found, in any case. */
export function filtered(
  cases: readonly ShownCase[],
  { role, result, query }: CaseFilter,
): readonly ShownCase[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return cases.filter(({ cause, own }) => {
    if (role !== null && own.role !== role) return false;
    if (result !== null && (own.verdict === 'pass') !== (result === 'pass')) return false;
    if (words.length === 0) return true;
    const text =
      `${own.id} ${own.role} ${own.verdict} ${own.input} ${own.why} ${own.trace} ${cause.id} ${cause.title}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
