import type { ReactNode } from 'react';
import type { EvalReport } from '../../../contract/eval-report.ts';
import { count, dollars } from '../../../text/format.ts';
import { Table } from '../../parts/Table.tsx';
import { hashOf } from '../model/route.ts';

/** Everything that was fixed before the run, and where its record is. */
export function AboutPage(props: { readonly data: EvalReport }): ReactNode {
  const { data } = props;
  const { target, baseline, budget } = data;
  return (
    <article className="about">
      <p className="crumbs">
        <a href={hashOf({ kind: 'home' })}>Verdict</a> / About
      </p>
      <h1 tabIndex={-1}>How this was made</h1>
      <Table
        title="Run"
        rows={[
          ['id', data.id],
          ['record', data.record],
          ['made', data.createdAt],
          ['version', `culprit ${data.toolVersion}`],
          ['target', targetText(target)],
          ['baseline', baseline === null ? 'none' : targetText(baseline)],
          ['seed', String(data.seed)],
          ['labels', data.labels.join(', ') || 'all suites'],
          ['results of tools', data.toolResults ?? 'as the kind of target does'],
          ['budget', budgetText(budget)],
          [
            'used',
            `${count(data.used.calls)} calls, ${count(data.used.tokens)} tokens, ${dollars(data.used.dollars)}`,
          ],
        ]}
      />
      <Table
        title="Suites"
        head={['file', 'version', 'cause', 'cases', 'repeats', 'smallest effect', 'checks']}
        rows={data.causes.map(({ file, hash, id, cases, register, checks }) => [
          file,
          hash.slice(0, 12),
          id,
          count(cases.length),
          count(register.repeats),
          `${Math.round(100 * register.smallestEffect)} points`,
          checks.map(({ check, negate }) => `${negate === true ? 'not ' : ''}${check}`).join(', '),
        ])}
      />
    </article>
  );
}

const targetText = ({ spec, version, hash }: EvalReport['target']): string =>
  [spec, version, hash?.slice(0, 12)].filter((part) => part != null).join(' · ');

function budgetText({ calls, tokens, dollars: cost }: EvalReport['budget']): string {
  const parts = [
    ...(calls === undefined ? [] : [`${count(calls)} calls`]),
    ...(tokens === undefined ? [] : [`${count(tokens)} tokens`]),
    ...(cost === undefined ? [] : [dollars(cost)]),
  ];
  return parts.length === 0 ? 'no limit' : parts.join(', ');
}
