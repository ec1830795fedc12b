import type { ReactNode } from 'react';
import { percent, plural } from '../../../text/format.ts';
import { Card } from '../../parts/Card.tsx';
import type { AgreementNow } from './label-queries.ts';

type Standing = AgreementNow['agreement']['standing'];

const STANDINGS: Readonly<Record<Standing, string>> = {
  too_few: 'Says nothing yet: it takes 30 items that two people answered.',
  one_answer: 'Everybody always gave the same answer, so nothing tells agreement from habit.',
  faulty: 'The definitions are at fault: people read them differently.',
  trend: 'Shows the trend, decides nothing.',
  may_gate: 'May gate.',
};

/** Krippendorff's α on its scale, with what it may be used for. */
export function AgreementCard(props: { readonly now: AgreementNow }): ReactNode {
  const { alpha, interval, same, items, prevalence, standing } = props.now.agreement;
  const at = (value: number): string => `${(100 * Math.min(1, Math.max(0, value))).toFixed(1)}%`;
  return (
    <Card title="Agreement" aside={`${plural(items, 'item')} answered twice`}>
      {alpha !== null && (
        <>
          <dl className="pairs">
            <div>
              <dt>Krippendorff’s α</dt>
              <dd>
                <b>{alpha.toFixed(2)}</b>{' '}
                {interval !== null && (
                  <span className="dim">
                    {interval[0]?.toFixed(2)}–{interval[1]?.toFixed(2)}
                  </span>
                )}
              </dd>
            </div>
            <div>
              <dt>Same answer</dt>
              <dd>{same === null ? '–' : percent(same)}</dd>
            </div>
            <div>
              <dt>Most frequent</dt>
              <dd>
                {prevalence[0] === undefined
                  ? '–'
                  : `${prevalence[0].category.replaceAll('_', ' ')}, ${percent(prevalence[0].share)}`}
              </dd>
            </div>
          </dl>
          <div className="alpha" aria-hidden="true">
            <span className="alpha-zone" data-zone="trend" />
            <span className="alpha-zone" data-zone="gate" />
            {interval !== null && (
              <span
                className="alpha-interval"
                style={{
                  left: at(interval[0] ?? 0),
                  width: at((interval[1] ?? 0) - Math.max(0, interval[0] ?? 0)),
                }}
              />
            )}
            <span className="alpha-point" style={{ left: at(alpha) }} />
          </div>
          <p className="alpha-scale dim" aria-hidden="true">
            <span>0</span>
            <span>0.4 trend</span>
            <span>0.7 may gate</span>
            <span>1</span>
          </p>
        </>
      )}
      <p>{STANDINGS[standing]}</p>
    </Card>
  );
}

/** How many different codes there were after each item, and whether to expect more. */
export function SaturationCard(props: { readonly now: AgreementNow }): ReactNode {
  const { codes, sinceNew, coverage, isQuiet, items } = props.now.saturation;
  const most = Math.max(1, codes.at(-1) ?? 0);
  const points = codes
    .map((value, at) => `${(at / Math.max(1, codes.length - 1)) * 240},${44 - (value / most) * 40}`)
    .join(' ');
  return (
    <Card title="New kinds" aside="codes">
      <p>
        <b>
          {coverage === null
            ? 'Nothing is coded yet.'
            : sinceNew === 0
              ? 'The last item brought a new code.'
              : `None in the last ${plural(sinceNew, 'item')}.`}
        </b>
      </p>
      {coverage !== null && (
        <>
          <svg
            className="saturation"
            viewBox="0 0 240 46"
            preserveAspectRatio="none"
            role="img"
            aria-label={`${plural(most, 'code')} after ${plural(items, 'item')}`}
          >
            <polyline points={points} />
          </svg>
          <p>
            The codes so far cover {percent(coverage.estimate)} of failures (at least{' '}
            {percent(coverage.lower)}).{isQuiet && ' You can stop soon.'}
          </p>
        </>
      )}
    </Card>
  );
}
