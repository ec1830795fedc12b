import { type ReactNode, useMemo } from 'react';
import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';
import { causeProof } from '../../../text/cause-proof.ts';
import { count, decimal, percent, percentRange, threeDigits } from '../../../text/format.ts';
import { layerLabel } from '../../../text/layer-label.ts';
import { breakdown } from '../model/breakdown.ts';
import type { Levels } from '../model/levels.ts';
import type { ReportModel } from '../model/report-model.ts';
import { Coded } from '../parts/Coded.tsx';
import { colorVariable } from '../parts/color-variable.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { RankBadge } from '../parts/RankBadge.tsx';
import { Severity } from '../parts/Severity.tsx';
import { Breakdown } from './Breakdown.tsx';
import { Exemplars } from './Exemplars.tsx';
import { FailureList } from './FailureList.tsx';
import { Neighbors } from './Neighbors.tsx';
import { OtherLevels } from './OtherLevels.tsx';
import { Quality } from './Quality.tsx';
import { Terms } from './Terms.tsx';
import { Unstable } from './Unstable.tsx';
import { Why } from './Why.tsx';

/** One proposed root cause: its size, why its failures belong together, and examples. */
export function ClusterPage(props: {
  readonly levels: Levels;
  readonly model: ReportModel;
  readonly position: number;
  readonly exemplar: number;
  readonly onExemplar: (exemplar: number) => void;
}): ReactNode {
  const { levels, model, position, exemplar, onExemplar } = props;
  const cluster = model.clusters[position];
  const members = model.members[position];
  const where = useMemo(() => {
    const set = new Set(members);
    return {
      tenant: breakdown(model.failures, set, (failure) => failure.tenant),
      version: breakdown(model.failures, set, (failure) => failure.promptVersion),
    };
  }, [model, members]);
  if (cluster === undefined || members === undefined) return null;
  const category = model.categoryById.get(cluster.category);
  const proof = causeProof(cluster);
  return (
    <article className="page" style={{ '--color': colorVariable(position) }}>
      <PageHead
        model={model}
        badge={<RankBadge position={position} isRanked={cluster.rank !== null} />}
        title={cluster.title}
        coded
        tools={<Neighbors model={model} position={position} />}
      >
        <span>{category?.name ?? cluster.category}</span>
        <span>{layerLabel(cluster)}</span>
        {cluster.severity !== null && <Severity value={cluster.severity} />}
        {cluster.fixCost !== null && <span>fix cost {cluster.fixCost}</span>}
      </PageHead>
      <dl className="figures">
        <Figure name="share of failures" note={percentRange(cluster.shareInterval)}>
          {percent(cluster.share)}
        </Figure>
        <Figure name="estimated failures" note={`${count(cluster.size)} in the sample`}>
          {count(cluster.population)}
        </Figure>
        <Figure
          name="per 1,000 traces"
          note={`${decimal(cluster.rateInterval[0], 1)}–${decimal(cluster.rateInterval[1], 1)}`}
        >
          {decimal(cluster.ratePerThousand, 1)}
        </Figure>
        <Figure
          name="priority"
          note={
            cluster.rank === null
              ? 'not ranked'
              : `rank ${cluster.rank} of ${model.clusters.length}`
          }
        >
          {threeDigits(cluster.priority)}
        </Figure>
        <Figure name="in the top three" note="probability">
          {percent(cluster.topThreeProbability)}
        </Figure>
      </dl>
      <Unstable quality={cluster.quality} />
      <OtherLevels levels={levels} model={model} position={position} />
      <Why model={model} why={cluster.why} />
      <div className="columns">
        <section>
          <h3>Why these belong together</h3>
          <ul className="reasons">
            {cluster.reasons.map((sentence) => (
              <li key={sentence}>
                <Coded text={sentence} />
              </li>
            ))}
          </ul>
          {cluster.reasons.length === 0 && (
            <p className="quiet">
              No single reason covers them: they share a category and lie close together.
            </p>
          )}
          {proof !== null && <p className="quiet">Of all traces, {proof}.</p>}
          {cluster.cause !== null && (
            <p className="cause">
              shared cause <code>{[cluster.category, ...cluster.cause].join(' › ')}</code>
            </p>
          )}
          {category !== undefined && (
            <p className="criterion">
              <strong>A good run:</strong> {category.definition}
            </p>
          )}
        </section>
        <section>
          <h3>Distinctive terms</h3>
          <Terms terms={cluster.terms} />
        </section>
      </div>
      <Exemplars model={model} ids={cluster.exemplars} at={exemplar} onMove={onExemplar} />
      <div className="columns columns-3">
        <section>
          <h3>Quality</h3>
          <Quality model={model} quality={cluster.quality} />
        </section>
        {where.tenant.length > 0 && (
          <section>
            <h3>By tenant</h3>
            <Breakdown rows={where.tenant} />
          </section>
        )}
        {where.version.length > 0 && (
          <section>
            <h3>By prompt version</h3>
            <Breakdown rows={where.version} />
          </section>
        )}
      </div>
      <section className="members">
        <h3>All {count(members.length)} in the sample, most certain first</h3>
        <FailureList
          model={model}
          failures={members}
          label="Failures of this cluster"
          detail={(failure) => memberFacts(model.failures[failure])}
        />
      </section>
    </article>
  );
}

function memberFacts(failure: AnalyzedFailure | undefined): string {
  if (failure === undefined) return '';
  const { tenant, promptVersion, membership } = failure;
  const unsure = membership < 0.995 ? `membership ${decimal(membership)}` : null;
  return [tenant, promptVersion, unsure].filter((fact) => fact !== null).join(' · ');
}

function Figure(props: {
  readonly name: string;
  readonly note: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
      <dd className="figure-note">{props.note}</dd>
    </div>
  );
}
