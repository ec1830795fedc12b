import type { ReactNode } from 'react';
import type { Cluster } from '../../../contract/cluster.ts';
import { causeProof } from '../../../text/cause-proof.ts';
import { count, percent, percentRange, plural, threeDigits } from '../../../text/format.ts';
import { layerLabel } from '../../../text/layer-label.ts';
import { shownQuote } from '../../../text/shown-quote.ts';
import type { Levels } from '../model/levels.ts';
import type { ReportModel } from '../model/report-model.ts';
import { isStable } from '../model/stability.ts';
import { Coded } from '../parts/Coded.tsx';
import { colorVariable } from '../parts/color-variable.ts';
import { Empty } from '../parts/Empty.tsx';
import { RankBadge } from '../parts/RankBadge.tsx';
import { Severity } from '../parts/Severity.tsx';
import { ShareBar } from '../parts/ShareBar.tsx';
import { LevelSlider } from './LevelSlider.tsx';

/** The causes by rank. Rows are links, so that users can open and share them and reach them by keyboard. */
export function RankedList(props: {
  readonly model: ReportModel;
  readonly levels: Levels['all'];
  readonly onLevel: (level: number) => void;
  /** Failures found per cluster; null without a filter. */
  readonly found: Uint32Array | null;
  readonly open: number | null;
  readonly noiseOpen: boolean;
  readonly onPeek: (cluster: number | null) => void;
}): ReactNode {
  const { model, levels, onLevel, found, open, noiseOpen, onPeek } = props;
  const scale = Math.max(0.05, ...model.clusters.map((cluster) => cluster.shareInterval[1]));
  const shown = model.clusters.flatMap((cluster, i) =>
    found === null || (found[i] ?? 0) > 0 ? [{ cluster, i }] : [],
  );
  return (
    <nav className="list" aria-label="Causes by rank">
      {model.clusters.length === 0 ? (
        <NoCauses model={model} />
      ) : (
        <div className="list-head">
          <h2 aria-live="polite">
            {plural(model.clusters.filter(({ leftover }) => leftover === null).length, 'cause')} by
            rank
          </h2>
          <LevelSlider levels={levels} level={model.level} onLevel={onLevel} />
          <p title="Ranking formula">{model.analysis.formula}</p>
        </div>
      )}
      {model.clusters.length > 0 && shown.length === 0 && (
        <Empty title="No cause or trace matches the filter" />
      )}
      <ol onMouseLeave={() => onPeek(null)}>
        {shown.map(({ cluster, i }) => (
          <li
            key={cluster.id}
            onMouseEnter={() => onPeek(i)}
            onFocus={() => onPeek(i)}
            onBlur={() => onPeek(null)}
          >
            <Row
              cluster={cluster}
              position={i}
              scale={scale}
              open={open === i}
              model={model}
              found={found?.[i]}
            />
          </li>
        ))}
      </ol>
      {model.noise.length > 0 && found === null && (
        <a
          className="noise-row"
          href={model.address({ kind: 'noise' })}
          aria-current={noiseOpen ? 'page' : undefined}
        >
          <span className="swatch" style={{ '--color': colorVariable(-1) }} />
          {plural(model.noise.length, 'failure')} in the sample without a cluster
        </a>
      )}
    </nav>
  );
}

function Row(props: {
  readonly cluster: Cluster;
  readonly position: number;
  readonly scale: number;
  readonly open: boolean;
  readonly model: ReportModel;
  readonly found: number | undefined;
}): ReactNode {
  const { cluster, position, scale, open, model, found } = props;
  const [first] = cluster.evidence;
  const quote = first && shownQuote(first);
  const proof = causeProof(cluster);
  return (
    <a
      className="row"
      href={model.address({ kind: 'cluster', id: cluster.id })}
      data-cluster={position}
      data-top={position < 3 || undefined}
      aria-current={open ? 'page' : undefined}
      style={{ '--color': colorVariable(position) }}
    >
      <RankBadge position={position} isRanked={cluster.rank !== null} />
      <span className="row-label">
        <Coded text={cluster.title} />
      </span>
      <span className="row-priority" title="Priority">
        {cluster.rank === null ? '' : threeDigits(cluster.priority)}
      </span>
      {quote !== undefined && quote !== '' && (
        <span className="row-quote" title="A verbatim example">
          {quote}
        </span>
      )}
      <span className="row-share">
        <ShareBar share={cluster.share} interval={cluster.shareInterval} scale={scale} />
        <strong>{percent(cluster.share)}</strong>
        <span className="row-interval">{percentRange(cluster.shareInterval)}</span>
      </span>
      <span className="row-facts">
        {cluster.severity !== null && <Severity value={cluster.severity} />}
        <span>{layerLabel(cluster)}</span>
        {proof !== null && cluster.state !== 'detector' && <span>{proof}</span>}
        {!isStable(cluster.quality) && (
          <span className="row-unsure" title="Most of it does not re-form in resamples">
            unstable
          </span>
        )}
        {found !== undefined && <span className="row-found">{count(found)} found</span>}
        <span className="row-category">
          {model.categoryById.get(cluster.category)?.name ?? cluster.category}
        </span>
      </span>
    </a>
  );
}

function NoCauses(props: { readonly model: ReportModel }): ReactNode {
  const { model } = props;
  const { options } = model.analysis;
  if (model.failures.length === 0) {
    return (
      <Empty title="No failure found">
        <p>
          No trace has an error, a score below its threshold, negative feedback, a loop or an
          outlier.
        </p>
        <p>
          Name a score with <code>--score groundedness&lt;0.7</code>, or group every trace with{' '}
          <code>--all</code>.
        </p>
      </Empty>
    );
  }
  if (model.placed === 0) {
    return (
      <Empty title="No failure could be embedded">
        <p>
          The view <code>{options.view}</code> is empty for all of them. Try another with{' '}
          <code>--view</code>; the funnel above shows what was dropped.
        </p>
      </Empty>
    );
  }
  return (
    <Empty title="No cause repeats">
      <p>
        None of the {plural(model.noise.length, 'failure')} has enough others like it: a cluster
        needs {options.minClusterSize} (<code>--min-cluster-size</code>).
      </p>
      <p>
        A larger <code>--sample</code> or another <code>--view</code> may reveal causes.
      </p>
    </Empty>
  );
}
