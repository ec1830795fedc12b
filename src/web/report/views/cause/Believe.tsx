import type { ReactNode } from 'react';
import { causeProof } from '../../../../text/cause-proof.ts';
import { count } from '../../../../text/format.ts';
import { Card } from '../../../parts/Card.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { leadingSignal } from '../../model/claim-kind.ts';
import type { ReportModel } from '../../model/report-model.ts';
import type { ScopedCause } from '../../model/scoped.ts';
import { isStable } from '../../model/stability.ts';
import { withPeriod } from '../../model/with-period.ts';
import { wordsOf } from '../../model/words.ts';

interface Fact {
  /** A count with its total, or a share; null for a sentence alone. */
  readonly value: string | null;
  readonly of: string | null;
  readonly sentence: string;
}

/** Why these belong together: what was counted, compared and tested. */
export function Believe(props: {
  readonly model: ReportModel;
  readonly cause: ScopedCause;
}): ReactNode {
  const { model, cause } = props;
  const facts = factsOf(model, cause);
  const category = model.categoryById.get(cause.cluster.category);
  const isAll = wordsOf(model.analysis).isAll;
  return (
    <Card title={isAll ? 'What they share' : 'Why you can believe it'}>
      {facts.length === 0 ? (
        <p>No single reason covers them: they look alike. Read some before you act.</p>
      ) : (
        <ul className="facts">
          {facts.map(({ value, of, sentence }) => (
            <li key={sentence}>
              <span className="facts-count">
                {value}
                {of !== null && <small>of {of}</small>}
              </span>
              <span>
                <Coded text={sentence} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {!isAll && cause.cluster.leftover === null && category !== undefined && (
        <p className="good-run">
          <b>A good run:</b> {category.definition}
        </p>
      )}
    </Card>
  );
}

const COUNTED = /^(?:about )?([\d,]+) of ([\d,]+) (.+)$/;

function factsOf(model: ReportModel, cause: ScopedCause): Fact[] {
  const { cluster } = cause;
  const proof = cluster.state === 'detector' ? null : causeProof(cluster);
  return [
    ...meetsFact(cluster),
    ...cluster.reasons
      .filter((reason) => !reason.includes('›') && !isShownElsewhere(model, cause, reason))
      .map((reason): Fact => {
        const [, value, of, sentence] = COUNTED.exec(reason) ?? [];
        return sentence === undefined
          ? { value: null, of: null, sentence: withPeriod(reason) }
          : { value: value ?? null, of: of ?? null, sentence: withPeriod(sentence) };
      }),
    ...(proof === null ? [] : [{ value: null, of: null, sentence: `Of all traces, ${proof}.` }]),
    ...stabilityFact(cluster),
    ...precisionFact(model, cause),
  ];
}

/** The contrast has its own sentence and table, and the first difference stands in the pair. */
const isShownElsewhere = (model: ReportModel, { cluster }: ScopedCause, reason: string): boolean =>
  cluster.contrasts.some(({ sentence }) => sentence === reason) ||
  (model.pairs.has(cluster.id) && reason.startsWith('First differs'));

function meetsFact({ meets, state }: ScopedCause['cluster']): Fact[] {
  if (meets === null || state !== 'detector') return [];
  return [
    {
      value: count(meets.passed),
      of: count(meets.passes),
      sentence: 'passing traces match this rule.',
    },
  ];
}

function stabilityFact({ quality }: ScopedCause['cluster']): Fact[] {
  if (quality.stability === null) return [];
  return [
    {
      value: `${Math.round(100 * quality.stability)}%`,
      of: null,
      sentence: isStable(quality)
        ? 'of it forms again when the sample is redrawn: firm.'
        : 'of it forms again when the sample is redrawn: not firm. Read some before you act.',
    },
  ];
}

function precisionFact(model: ReportModel, cause: ScopedCause): Fact[] {
  const id = leadingSignal(model, cause)?.detector;
  const detector = model.analysis.detectors.find((each) => each.id === id);
  const { precision = null, openData = null } = detector ?? {};
  if (precision === null)
    return openData === null
      ? []
      : [
          {
            value: count(openData.right),
            of: count(openData.flagged),
            sentence: 'flags of this rule were right on open data with known answers.',
          },
        ];
  return [
    {
      value: count(precision.failed),
      of: count(precision.flagged),
      sentence: `flags of this rule were right here, by the outcomes that were recorded.`,
    },
  ];
}
