import type { ReactNode } from 'react';
import { plural } from '../../../text/format.ts';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { useWorkspaceOrNull } from '../workspace/workspace.tsx';
import type { ShownRun, ShownSuite } from './verify-queries.ts';

/** The suites in the folder: their cause, their cases, and what the latest run says of them. */
export function SuiteTable(props: {
  readonly suites: readonly ShownSuite[];
  readonly latest: ShownRun | undefined;
}): ReactNode {
  const { suites, latest } = props;
  return (
    <Card title="Suites" aside={plural(suites.length, 'suite')} flush>
      <ScrollTable
        label="Suites"
        columns={[
          'Cause',
          { name: 'Guards', isNumber: true },
          { name: 'Controls', isNumber: true },
          { name: 'Held out', isNumber: true },
          'Checks',
          'Latest run',
        ]}
        className="verify-table"
      >
        {suites.map((suite) => (
          <Row key={suite.file} suite={suite} latest={latest} />
        ))}
      </ScrollTable>
    </Card>
  );
}

function Row(props: {
  readonly suite: ShownSuite;
  readonly latest: ShownRun | undefined;
}): ReactNode {
  const { file, cause, guards, controls, slice, spent, checks, labels } = props.suite;
  const { address, href } = useNavigation();
  const isKnown = useWorkspaceOrNull()?.model.clusterById.has(cause.id) === true;
  const verdict = props.latest?.causes.find(({ id }) => id === cause.id)?.verdict;
  return (
    <tr>
      <th scope="row">
        {isKnown ? (
          <a className="link" href={href({ ...address, route: { kind: 'cluster', id: cause.id } })}>
            <Coded text={cause.title} />
          </a>
        ) : (
          <Coded text={cause.title} />
        )}
        <span className="second mono">{[file, ...labels].join(' · ')}</span>
      </th>
      <td className="num">{guards}</td>
      <td className="num">{controls}</td>
      <td className="num">
        {slice}
        {spent > 0 && <span className="second">{spent} spent</span>}
      </td>
      <td>
        <code>{checks.join(', ')}</code>
      </td>
      <td>
        {verdict === undefined ? (
          <span className="dim">not in it</span>
        ) : (
          verdict.replaceAll('_', ' ')
        )}
      </td>
    </tr>
  );
}
