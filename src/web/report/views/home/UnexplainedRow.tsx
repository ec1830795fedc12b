import type { ReactNode } from 'react';
import { plural } from '../../../../text/format.ts';
import { Coded } from '../../../parts/Coded.tsx';
import { Evidence } from '../../../parts/Evidence.tsx';
import { ShareBar } from '../../../parts/ShareBar.tsx';
import { useLink } from '../../hooks/links.ts';
import { evidenceLine } from '../../model/evidence-line.ts';
import { shortPercent } from '../../model/figures.ts';
import type { ReportModel } from '../../model/report-model.ts';
import type { ScopedCause } from '../../model/scoped.ts';
import { unexplainedTitle } from '../../model/unexplained-title.ts';
import type { Words } from '../../model/words.ts';

/** Failures that look alike and have no known cause: what they share, and how many they are. */
export function UnexplainedRow(props: {
  readonly model: ReportModel;
  readonly cause: ScopedCause;
  readonly words: Words;
  /** Of the table. */
  readonly columns: number;
  /** Default: what these failures share. */
  readonly title?: string;
}): ReactNode {
  const { model, cause, words, columns, title } = props;
  const { cluster } = cause;
  const link = useLink();
  const evidence = evidenceLine(cluster);
  return (
    <tr className="cause-row" data-light="">
      <td className="cell-rank" />
      <td className="cell-cause" colSpan={2}>
        <a
          className="cause-link"
          href={link({ kind: 'cluster', id: cluster.id })}
          data-cluster={cause.position}
        >
          <Coded text={title ?? unexplainedTitle(model, cause)} />
        </a>
        {evidence !== null && <Evidence line={evidence} />}
      </td>
      <td className="cell-share">
        <span className="share">
          <ShareBar share={cause.share} />
          <b className="num">{shortPercent(cause.share)}</b>
          <span className="dim small nowrap">
            {plural(cause.population, words.failure, words.failures)}
          </span>
        </span>
      </td>
      <td colSpan={columns - 4} />
    </tr>
  );
}
