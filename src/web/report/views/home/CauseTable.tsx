import type { ReactNode } from 'react';
import { count, percent, plural } from '../../../../text/format.ts';
import { statementText } from '../../../../text/statement.ts';
import { Coded } from '../../../parts/Coded.tsx';
import { Evidence } from '../../../parts/Evidence.tsx';
import { useLink } from '../../hooks/links.ts';
import { failedOf } from '../../model/lead.ts';
import type { ReportModel } from '../../model/report-model.ts';
import { picksFailures, type Scope } from '../../model/scope.ts';
import type { Scoped, ScopedCause } from '../../model/scoped.ts';
import { signalLine } from '../../model/signal-line.ts';
import { wordsOf } from '../../model/words.ts';
import { type CauseColumn, CauseRow } from './CauseRow.tsx';
import { UnexplainedRow } from './UnexplainedRow.tsx';

const OWN_COLUMNS = 6;
const NO_COLUMNS: readonly CauseColumn[] = [];
const FEW = 5;

/** All causes by priority, then failures without a known cause, then suspects; each under its own heading. */
export function CauseTable(props: {
  readonly model: ReportModel;
  readonly scoped: Scoped;
  readonly scope: Scope;
  readonly chosen: string | null;
  readonly onFocus: (id: string) => void;
  readonly columns?: readonly CauseColumn[];
  /** The heading under which a cause without a rank stands; null for the usual one. */
  readonly groups?: (cause: ScopedCause) => string | null;
}): ReactNode {
  const { model, scoped, scope, chosen, onFocus, columns = NO_COLUMNS, groups } = props;
  const all = OWN_COLUMNS + columns.length;
  const { suspects } = model.analysis;
  const words = wordsOf(model.analysis);
  const link = useLink();
  const headingOf = (cause: ScopedCause): string | null => groups?.(cause) ?? null;
  const resting = scoped.unexplained.filter((cause) => headingOf(cause) !== null);
  const unknown = scoped.unexplained.filter((cause) => headingOf(cause) === null);
  const rest =
    unknown.reduce((sum, { population }) => sum + population, 0) +
    scoped.alone.reduce((sum, i) => sum + (model.failures[i]?.weight ?? 0), 0);
  const restShare = rest / Math.max(1, scoped.keep === null ? failedOf(model) : scoped.failures);
  // A search shows what it found; a version or a tenant shows what it lacks, too.
  const shown = picksFailures(scope)
    ? scoped.ranked.filter(({ members }) => members.length > 0)
    : scoped.ranked;
  const absent = scoped.ranked.length - shown.length;
  // So few that groups of them say nothing: each is listed for itself.
  const isFew = !words.isAll && scoped.keep === null && model.failures.length < FEW;
  const singly = isFew && shown.length === 0;
  const listed = singly
    ? [...model.failures.keys()]
    : scoped.alone.length <= FEW
      ? scoped.alone
      : [];
  return (
    <table className="causes" aria-label={`${words.Causes} by priority`}>
      <thead>
        <tr>
          <th scope="col" className="cell-rank">
            <span className="hidden">Rank</span>
          </th>
          <th scope="col">
            {sentenceCase(words.cause)}
            <small>one piece of evidence</small>
          </th>
          <th scope="col" className="num cell-priority">
            {words.isAll ? 'Failed' : 'Priority ↓'}
            <small>{words.isAll ? 'of its traces' : 'chance of top 3'}</small>
          </th>
          <th scope="col" className="cell-share">
            Share of {words.failures}
            <span className="axis">
              <span>0</span>
              <span>50</span>
              <span>100%</span>
            </span>
          </th>
          <th scope="col" className="cell-trend">
            Over time
            <small>versions, tenants</small>
          </th>
          <th scope="col" className="cell-severity">
            {words.isAll ? 'Kind' : 'Severity'}
            {!words.isAll && <small>where to fix</small>}
          </th>
          {columns.map(({ name, note }) => (
            <th key={name} scope="col" className="cell-more">
              {name}
              <small>{note}</small>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((cause, at) => (
          <CauseRow
            key={cause.cluster.id}
            model={model}
            cause={cause}
            scope={scope}
            rank={at + 1}
            isChosen={cause.cluster.id === chosen}
            onFocus={onFocus}
            columns={columns}
          />
        ))}
        {absent > 0 && (
          <tr className="cause-row" data-light="">
            <td className="cell-rank" />
            <td className="cell-cause dim" colSpan={all - 1}>
              {plural(absent, `${shown.length > 0 ? 'other ' : ''}cause`)} without a match
            </td>
          </tr>
        )}
      </tbody>
      {rest > 0 && (
        <tbody>
          {!words.isAll && (
            <GroupHead
              title="Failed, cause not yet known"
              columns={all}
              note={`${plural(Math.round(rest), 'failure')}, ${percent(restShare)}. Not ranked.`}
            />
          )}
          {(singly ? [] : unknown).map((cause) => (
            <UnexplainedRow
              key={cause.cluster.id}
              model={model}
              cause={cause}
              words={words}
              columns={all}
            />
          ))}
          {listed.map((i) => (
            <AloneRow key={model.failures[i]?.traceId} model={model} failure={i} columns={all} />
          ))}
          {!singly && scoped.alone.length > FEW && (
            <tr className="cause-row" data-light="">
              <td className="cell-rank" />
              <td className="cell-cause" colSpan={all - 1}>
                <a className="cause-link" href={link({ kind: 'noise' })}>
                  {plural(scoped.alone.length, words.failure)} alike to no other
                </a>{' '}
                <span className="dim">{count(scoped.alone.length)} traces to read one by one</span>
              </td>
            </tr>
          )}
        </tbody>
      )}
      {[...Map.groupBy(resting, headingOf)].map(([heading, causes]) => (
        <tbody key={heading}>
          <GroupHead
            title={heading ?? ''}
            note={`${plural(causes.length, words.cause)}. Not ranked.`}
            columns={all}
          />
          {causes.map((cause) => (
            <UnexplainedRow
              key={cause.cluster.id}
              model={model}
              cause={cause}
              words={words}
              columns={all}
              title={cause.cluster.title}
            />
          ))}
        </tbody>
      ))}
      {suspects.count > 0 && scoped.keep === null && !words.isAll && (
        <tbody>
          <GroupHead
            title="Suspects"
            columns={all}
            note={`${plural(suspects.count, 'trace')} with symptoms only. Not counted as failed.`}
          />
          {suspects.byCategory.slice(0, FEW).map(({ category, count: traces }) => (
            <tr key={category} className="cause-row" data-light="">
              <td className="cell-rank" />
              <td className="cell-cause" colSpan={2}>
                {model.categoryById.get(category)?.name ??
                  sentenceCase(category.replaceAll('_', ' '))}
              </td>
              <td className="cell-share" colSpan={all - 3}>
                {plural(traces, 'trace')}
              </td>
            </tr>
          ))}
        </tbody>
      )}
    </table>
  );
}

function AloneRow(props: {
  readonly model: ReportModel;
  readonly failure: number;
  readonly columns: number;
}): ReactNode {
  const failure = props.model.failures[props.failure];
  const link = useLink();
  if (failure === undefined) return null;
  const [first] = failure.signals;
  const evidence = signalLine(failure);
  const request = failure.input === '' ? failure.traceId : failure.input.slice(0, 120);
  return (
    <tr className="cause-row" data-light="">
      <td className="cell-rank" />
      <td className="cell-cause" colSpan={2}>
        <a className="cause-link" href={link({ kind: 'trace', id: failure.traceId })} dir="auto">
          {first === undefined ? request : <Coded text={statementText(first.statement)} />}
        </a>
        {evidence !== null && <Evidence line={evidence} />}
      </td>
      <td className="cell-share dim" colSpan={props.columns - 3} dir="auto">
        {first === undefined ? failure.noise : request}
      </td>
    </tr>
  );
}

function GroupHead(props: {
  readonly title: string;
  readonly note: string;
  readonly columns: number;
}): ReactNode {
  return (
    <tr className="cause-group">
      <th scope="rowgroup" colSpan={props.columns}>
        <b>{props.title}</b> {props.note}
      </th>
    </tr>
  );
}

const sentenceCase = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
