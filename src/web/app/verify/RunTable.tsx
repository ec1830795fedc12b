import type { ReactNode } from 'react';
import { plural } from '../../../text/format.ts';
import { exactMoment } from '../../../text/moments.ts';
import { sentenceOf, VERDICTS } from '../../eval/model/words.ts';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { pathOf } from '../workspace/addresses.ts';
import type { ShownRun } from './verify-queries.ts';

/** Runs that are listed. */
const LISTED = 50;

/** The runs, newest first: verdict, what was tested against what, and when. */
export function RunTable(props: {
  readonly runs: readonly ShownRun[];
  readonly project: string;
}): ReactNode {
  const { runs, project } = props;
  return (
    <Card title="Runs" aside={plural(runs.length, 'run')} flush>
      <ScrollTable
        label="Runs"
        columns={['Verdict', 'Version', 'What it says', 'Causes', 'When']}
        className="verify-table"
      >
        {runs.slice(0, LISTED).map((run) => (
          <Row key={run.id} run={run} project={project} />
        ))}
      </ScrollTable>
    </Card>
  );
}

function Row(props: { readonly run: ShownRun; readonly project: string }): ReactNode {
  const { run, project } = props;
  const { id, at, version, baseline, verdict, sentence, causes, by, isAa } = run;
  const known = verdict === null ? null : VERDICTS[verdict as keyof typeof VERDICTS];
  return (
    <tr>
      <td>
        <Tag kind={known?.kind ?? 'unsure'}>
          {isAa ? 'A/A' : verdict === null ? 'Not ended' : (known?.word ?? verdict)}
        </Tag>
      </td>
      <th scope="row">
        {verdict === null ? (
          version
        ) : (
          <a className="link run-link" href={pathOf(project, `/verify/${id}`)}>
            {version}
          </a>
        )}
        {baseline !== null && <span className="second">against {baseline}</span>}
      </th>
      <td>
        {sentence === null ? (
          <span className="dim">It goes on, or was stopped: --resume continues it</span>
        ) : (
          <Coded text={sentenceOf(sentence)} />
        )}
      </td>
      <td>
        {causes.slice(0, 3).map(({ id: cause, title, verdict: own }) => (
          <span key={cause} className="run-cause">
            <Coded text={title ?? cause} /> <span className="dim">{own.replaceAll('_', ' ')}</span>
          </span>
        ))}
        {causes.length > 3 && <span className="second">and {causes.length - 3} more</span>}
      </td>
      <td className="nowrap">
        {exactMoment(Date.parse(at))}
        <span className="second">{by === null ? 'beside the suites' : `sent by ${by}`}</span>
      </td>
    </tr>
  );
}
