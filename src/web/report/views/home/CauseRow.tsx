import type { ReactNode } from 'react';
import { UNEXPLAINED } from '../../../../contract/unexplained.ts';
import { percentRange, plural } from '../../../../text/format.ts';
import { day } from '../../../../text/moments.ts';
import { Coded } from '../../../parts/Coded.tsx';
import { Evidence } from '../../../parts/Evidence.tsx';
import { Severity } from '../../../parts/Severity.tsx';
import { ShareBar } from '../../../parts/ShareBar.tsx';
import { Sparkline } from '../../../parts/Sparkline.tsx';
import { Tag } from '../../../parts/Tag.tsx';
import { useLink } from '../../hooks/links.ts';
import { useMarks } from '../../hooks/went-live.ts';
import { evidenceLine } from '../../model/evidence-line.ts';
import { bucketsIn } from '../../model/facets.ts';
import { figure, shortPercent } from '../../model/figures.ts';
import { layerText } from '../../model/layer-text.ts';
import type { ReportModel } from '../../model/report-model.ts';
import type { Scope } from '../../model/scope.ts';
import type { ScopedCause } from '../../model/scoped.ts';
import { isStable } from '../../model/stability.ts';
import { seenIn, trendOf } from '../../model/trend.ts';

const BADGES = 2;

/** A column that the report has not. */
export interface CauseColumn {
  readonly name: string;
  /** Below the name, what the second line of its cells holds. */
  readonly note: string;
  readonly cell: (cause: ScopedCause) => ReactNode;
}

/** One ranked cause. Every cell has a value and, below it, what qualifies it. */
export function CauseRow(props: {
  readonly model: ReportModel;
  readonly cause: ScopedCause;
  readonly scope: Scope;
  readonly rank: number;
  readonly isChosen: boolean;
  readonly onFocus: (id: string) => void;
  readonly columns: readonly CauseColumn[];
}): ReactNode {
  const { model, cause, scope, rank, isChosen, onFocus, columns } = props;
  const { cluster, share, shareInterval, rate, priority, topThree } = cause;
  const { failedShare, failedShareInterval } = cause;
  const link = useLink();
  const evidence = evidenceLine(cluster);
  const isAbsent = cause.members.length === 0;
  return (
    <tr
      className="cause-row"
      data-chosen={isChosen || undefined}
      data-first={rank === 1 || undefined}
      data-absent={isAbsent || undefined}
    >
      <td className="cell-rank">{isAbsent ? '–' : rank}</td>
      <td className="cell-cause">
        <a
          className="cause-link"
          href={link({ kind: 'cluster', id: cluster.id })}
          data-cluster={cause.position}
          onFocus={() => onFocus(cluster.id)}
        >
          <Coded text={cluster.title} />
        </a>
        {evidence !== null && <Evidence line={evidence} />}
      </td>
      <td className="num cell-priority">
        {failedShare === null ? (
          <>
            <span className="value">{figure(priority)}</span>
            {topThree !== null && <span className="second">{shortPercent(topThree)}</span>}
          </>
        ) : (
          <>
            <span className="value">{shortPercent(failedShare)}</span>
            {failedShareInterval !== null && (
              <span className="second">{percentRange(failedShareInterval)}</span>
            )}
          </>
        )}
      </td>
      <td className="cell-share">
        <span className="share">
          <ShareBar share={share} interval={isAbsent ? undefined : shareInterval} />
          <b className="num">{shortPercent(share)}</b>
          <span className="dim small nowrap">{isAbsent ? '' : percentRange(shareInterval)}</span>
        </span>
        <span className="second">
          {rate === null || failedShare !== null
            ? plural(cause.population, 'trace')
            : `${figure(rate)} per 1,000 traces`}
        </span>
      </td>
      <td className="cell-trend">
        <Trend model={model} cause={cause} scope={scope} />
      </td>
      <td className="cell-severity">
        {cluster.severity !== null && <Severity value={cluster.severity} />}
        <span className="second">
          {cluster.severity === null ? groupKind(model, cluster.category) : layerText(cluster)}
          {!isStable(cluster.quality) && (
            <Tag kind="unsure" title="Most of it does not form again when failures are redrawn">
              not firm
            </Tag>
          )}
        </span>
      </td>
      {columns.map(({ name, cell }) => (
        <td key={name} className="cell-more">
          {cell(cause)}
        </td>
      ))}
    </tr>
  );
}

/** What kind of failure a group of all traces holds; empty where nothing names one. */
const groupKind = ({ categoryById }: ReportModel, category: string): string =>
  category === UNEXPLAINED.id ? '' : (categoryById.get(category)?.name ?? category);

function Trend(props: {
  readonly model: ReportModel;
  readonly cause: ScopedCause;
  readonly scope: Scope;
}): ReactNode {
  const { model, cause, scope } = props;
  const trend = trendOf(model, cause.members);
  const marks = useMarks(model);
  const seen = trend === null ? null : seenIn(model, cause.members);
  const badges = cause.cluster.badges.slice(0, BADGES);
  return (
    <>
      {trend !== null && (
        <Sparkline
          counts={trend}
          width={92}
          height={20}
          label={`Failures over time: ${trend.map((count) => Math.round(count)).join(', ')}`}
          events={marks}
          scope={bucketsIn(model, scope)}
        />
      )}
      {badges.length > 0 ? (
        <span className="badge-tags">
          {badges.map(({ text, kind }) => (
            <Tag key={text} kind="new" title={kind}>
              {text}
            </Tag>
          ))}
        </span>
      ) : (
        seen !== null && (
          <span className="second">
            {day(seen[0])} – {day(seen[1])}
          </span>
        )
      )}
    </>
  );
}
