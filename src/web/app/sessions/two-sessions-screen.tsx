import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CauseSide, Diff } from '../../../contract/diff.ts';
import { count, twoDigits } from '../../../text/format.ts';
import { statementText } from '../../../text/statement.ts';
import { Button } from '../../parts/Button.tsx';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import type { Screen } from '../screen.ts';
import { pathOf } from '../workspace/addresses.ts';
import { filterText } from './filter-text.ts';
import { saveAnswer } from './save-answer.ts';
import { useDiff, useSession } from './sessions-queries.ts';

/** What the traces of one session show against the causes of another. */
function Compare(): ReactNode {
  const { session: before = '', other: after = '' } = useParams({ strict: false }) as {
    readonly session?: string;
    readonly other?: string;
  };
  const { project } = useAsking();
  const { data: diff, error } = useDiff(before, after);
  const file = `/api/v1/sessions/${before}/diff/${after}/report`;
  return (
    <>
      <h1 tabIndex={-1}>
        {diff === undefined
          ? error === null
            ? 'Comparing two sessions'
            : reasonOf(error)
          : `${statementText(diff.headline)}.`}
      </h1>
      <div className="compared">
        <Side id={before} text="causes of" />
        <Side id={after} text="traces of" />
        {diff !== undefined && (
          <Button onPress={() => void saveAnswer(file, project, 'comparison.html')}>
            Save as HTML
          </Button>
        )}
      </div>
      {diff !== undefined && <Changes diff={diff} />}
    </>
  );
}

function Side(props: { readonly id: string; readonly text: string }): ReactNode {
  const { id, text } = props;
  const { project } = useAsking();
  const { data: session } = useSession(id);
  if (session === undefined) return null;
  return (
    <p>
      <span className="dim">{text}</span>{' '}
      <a className="link" href={pathOf(project, `/sessions/${id}`)} dir="auto">
        {session.name}
      </a>{' '}
      <span className="dim small">{filterText(session.filter).join(', ')}</span>
    </p>
  );
}

const KINDS: Readonly<Record<string, 'new' | 'fail' | 'pass' | undefined>> = {
  new: 'new',
  grown: 'fail',
  gone: 'pass',
  shrunk: 'pass',
};

function Changes(props: { readonly diff: Diff }): ReactNode {
  const { causes, remarks } = props.diff;
  return (
    <>
      <ScrollTable
        label="Causes of both sessions"
        columns={[
          'State',
          'Root cause',
          { name: 'First, per 1,000', isNumber: true },
          { name: 'Second, per 1,000', isNumber: true },
          { name: 'Difference', isNumber: true },
        ]}
        className="compared-causes"
      >
        {causes.map((cause) => (
          <tr key={cause.id}>
            <td>
              <Tag kind={KINDS[cause.state]}>{cause.state}</Tag>
            </td>
            <th scope="row" dir="auto">
              {cause.title.replaceAll('`', '')}
            </th>
            <td className="num nowrap">{rate(cause.before)}</td>
            <td className="num nowrap">{rate(cause.after)}</td>
            <td className="num">{cause.difference === null ? '–' : twoDigits(cause.difference)}</td>
          </tr>
        ))}
      </ScrollTable>
      {remarks.map((remark) => (
        <p key={remark} className="dim small">
          {remark}.
        </p>
      ))}
    </>
  );
}

const rate = ({ ratePerThousand, events, exposures }: CauseSide): string =>
  ratePerThousand === null
    ? `${count(events)} of ${count(exposures)}`
    : `${twoDigits(ratePerThousand)} (${count(events)} of ${count(exposures)})`;

export const twoSessionsScreen: Screen = {
  path: '/sessions/$session/compare/$other',
  name: 'Two sessions',
  icon: null,
  needsAnalysis: false,
  keys: [
    ['Tab', 'next link'],
    ['Esc', 'back'],
  ],
  view: Compare,
};
