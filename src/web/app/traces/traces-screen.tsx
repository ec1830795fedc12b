import { useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { duration, plural } from '../../../text/format.ts';
import { moment } from '../../../text/moments.ts';
import { focusNext } from '../../hooks/focus-next.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Button } from '../../parts/Button.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { useAsking } from '../client/asking.ts';
import { useEvents } from '../client/events.ts';
import { type TraceQuery, type TraceSummary, useStatus, useTraces } from '../client/queries.ts';
import type { Screen } from '../screen.ts';
import { pathOf } from '../workspace/addresses.ts';

/** What the API can filter by text, as this page's address has it. */
const TEXTS = ['tenant', 'promptVersion', 'release', 'model', 'signal', 'user', 'session'] as const;

const TIMES = [
  { name: 'from', text: 'since' },
  { name: 'to', text: 'before' },
] as const;

/** A moment of the address as the API takes it; none where it is no moment. */
function timeIn(
  search: Readonly<Record<string, string>>,
  name: 'from' | 'to',
): readonly (readonly [string, string])[] {
  const at = Date.parse(search[name] ?? '');
  return Number.isFinite(at) ? [[name, new Date(at).toISOString()]] : [];
}

/** Stored traces, newest first, as they come in. */
function Traces(): ReactNode {
  const search: Readonly<Record<string, string>> = useSearch({ strict: false });
  const { project } = useAsking();
  const { go } = useNavigation();
  const filter: TraceQuery = {
    ...Object.fromEntries(TEXTS.flatMap((name) => (search[name] ? [[name, search[name]]] : []))),
    ...(search['failed'] === 'true' || search['failed'] === 'false'
      ? { failed: search['failed'] }
      : {}),
    ...(search['words'] ? { words: search['words'] } : {}),
    ...Object.fromEntries(TIMES.flatMap(({ name }) => timeIn(search, name))),
  };
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useTraces(filter);
  const { data: status } = useStatus();
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  const [fresh, setFresh] = useState(0);
  const show = (): void => {
    setFresh(0);
    void refetch();
  };
  useEvents((kind, given) => {
    if (kind !== 'traces') return;
    const { finished, superseded } = given as Readonly<Record<'finished' | 'superseded', number>>;
    if (rows.length === 0) show();
    else setFresh((before) => before + finished - superseded);
  });
  useKeys(
    rows.length === 0
      ? {}
      : {
          'j ArrowDown': () => focusNext('.live-text a', 1),
          'k ArrowUp': () => focusNext('.live-text a', -1),
        },
  );
  const to = (name: string, value: string | null): void => {
    const parts = new URLSearchParams(search);
    if (value === null || value === '') parts.delete(name);
    else parts.set(name, value);
    const text = parts.toString();
    go(`${pathOf(project, '/traces')}${text === '' ? '' : `?${text}`}`, 'replace');
  };
  return (
    <>
      <h1 tabIndex={-1}>
        {status === undefined
          ? 'Traces'
          : `${plural(status.funnel.stored, 'trace')} stored, ${plural(status.openTraces, 'more', 'more')} arriving`}
      </h1>
      <div className="traces-filter">
        <Segments
          label="Verdict"
          options={[
            { value: null, text: 'All' },
            { value: 'true', text: 'Failed' },
            { value: 'false', text: 'Passed' },
          ]}
          chosen={filter.failed ?? null}
          onChoose={(value) => to('failed', value)}
        />
        <form
          onSubmit={(event) => {
            event.preventDefault();
            to('words', String(new FormData(event.currentTarget).get('words') ?? '').trim());
          }}
        >
          <input
            key={filter.words ?? ''}
            name="words"
            type="search"
            className="field"
            defaultValue={filter.words ?? ''}
            placeholder="Words of the answer"
            aria-label="Words of the answer"
          />
        </form>
        {TEXTS.flatMap((name) =>
          filter[name] === undefined
            ? []
            : [
                <button key={name} type="button" className="chip" onClick={() => to(name, null)}>
                  <span>
                    {name}: {filter[name]} ×
                  </span>
                </button>,
              ],
        )}
        {TIMES.flatMap(({ name, text }) =>
          filter[name] === undefined
            ? []
            : [
                <button key={name} type="button" className="chip" onClick={() => to(name, null)}>
                  <span>
                    {text} {moment(Date.parse(filter[name]))} ×
                  </span>
                </button>,
              ],
        )}
        {/* Rows do not move under the pointer. */}
        <span className="crumbs-end" role="status">
          {fresh > 0 && <Button onPress={show}>{plural(fresh, 'new trace')}, show</Button>}
        </span>
      </div>
      {data !== undefined && rows.length === 0 ? (
        <Empty title="No trace matches">
          <p>A trace appears once it has rested for 30 seconds.</p>
        </Empty>
      ) : (
        <ScrollTable
          label="Traces"
          columns={[
            'Start',
            'Input, answer',
            'Verdict',
            'Version, tenant',
            { name: 'Took', isNumber: true },
          ]}
          className="live"
        >
          {rows.map((row) => (
            <Row key={row.id} row={row} project={project} />
          ))}
        </ScrollTable>
      )}
      {hasNextPage && (
        <p className="traces-more">
          <Button onPress={() => (isFetchingNextPage ? undefined : void fetchNextPage())}>
            Show older traces
          </Button>
        </p>
      )}
    </>
  );
}

function Row(props: { readonly row: TraceSummary; readonly project: string }): ReactNode {
  const { row, project } = props;
  return (
    <tr>
      <td className="nowrap dim">{moment(Date.parse(row.start))}</td>
      <td className="live-text">
        <a
          href={pathOf(project, `/traces/${encodeURIComponent(row.id.toWellFormed())}`)}
          dir="auto"
        >
          {row.input || row.name || row.id}
        </a>
        <span className="second" dir="auto">
          {row.output.slice(0, 200) || 'no answer recorded'}
        </span>
      </td>
      <td>
        {row.failed ? <Tag kind="fail">Failed</Tag> : <Tag kind="pass">Passed</Tag>}
        <span className="second">{row.signals.slice(0, 2).join(', ').replaceAll('_', ' ')}</span>
      </td>
      <td className="dim" dir="auto">
        {[row.promptVersion, row.tenant].filter(Boolean).join(', ') || '–'}
      </td>
      <td className="num nowrap">{duration(row.durationMs)}</td>
    </tr>
  );
}

export const tracesScreen: Screen = {
  path: '/traces',
  name: 'Traces',
  icon: 'traces',
  needsAnalysis: false,
  keys: [
    ['j k', 'next, previous trace'],
    ['Enter', 'open'],
    ['Esc', 'back'],
  ],
  view: Traces,
};
