import type { ReactNode } from 'react';
import { count, twoDigits } from '../../../text/format.ts';
import { moment } from '../../../text/moments.ts';
import { Card } from '../../parts/Card.tsx';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { useAsking } from '../client/asking.ts';
import { pathOf } from '../workspace/addresses.ts';
import { compareHref } from './compare-href.ts';
import type { VersionQuery, Versions } from './versions-queries.ts';

/** Every version, the last to appear first: when it ran, how much, how often it fails, and what its suites say. */
export function VersionTable(props: {
  readonly data: Versions;
  readonly query: VersionQuery;
}): ReactNode {
  const { data, query } = props;
  const { project } = useAsking();
  const all = data.versions.toReversed();
  return (
    <Card title="One after the other" aside="the last to appear first; times in UTC" flush>
      <ScrollTable
        label="versions"
        columns={[
          ...['Version', 'First seen', 'Last seen'],
          { name: 'Traces', isNumber: true },
          { name: 'Fail per 1,000', isNumber: true },
          'Suites',
        ]}
      >
        {all.map((version, at) => {
          const { value, first, last, traces, rate, interval, run } = version;
          const before = all[at + 1]?.value;
          return (
            <tr key={value}>
              <th scope="row" dir="auto">
                {before === undefined ? (
                  value
                ) : (
                  <a
                    className="link version-link"
                    href={compareHref(project, data, query, [before, value])}
                  >
                    {value}
                    <span className="hidden">, compared with {before}</span>
                  </a>
                )}
              </th>
              <td className="nowrap">{moment(Date.parse(first))}</td>
              <td className="nowrap">{moment(Date.parse(last))}</td>
              <td className="num">{count(traces)}</td>
              <td className="num">
                {twoDigits(rate)}
                <span className="second">
                  {twoDigits(interval[0])}–{twoDigits(interval[1])}
                </span>
              </td>
              <td>
                {run === null ? (
                  <span className="dim">no run</span>
                ) : (
                  <a className="link" href={pathOf(project, `/verify/${run.id}`)}>
                    <Tag>{run.verdict.replaceAll('_', ' ')}</Tag>
                  </a>
                )}
              </td>
            </tr>
          );
        })}
      </ScrollTable>
    </Card>
  );
}
