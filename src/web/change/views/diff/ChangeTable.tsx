import { type ReactNode, useMemo } from 'react';
import type { CauseChange, CauseSide, Diff } from '../../../../contract/diff.ts';
import { qText, sameMixSentence, signed } from '../../../../text/diff-words.ts';
import { count, plural, twoDigits } from '../../../../text/format.ts';
import { Card } from '../../../parts/Card.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { Icon } from '../../../parts/Icon.tsx';
import { type CauseGroup, matching } from '../../model/diff-model.ts';
import { diffHash } from '../../model/diff-route.ts';
import { type Scale, scaleTo } from '../../model/scale.ts';
import { RateDots } from './RateDots.tsx';
import { StateTags } from './StateTags.tsx';

/** Every cause: its state, both rates on one axis, the difference, and whether it may be chance. */
export function ChangeTable(props: {
  readonly diff: Diff;
  readonly groups: readonly CauseGroup[];
  readonly query: string;
  readonly open: ReadonlySet<CauseGroup['key']>;
  readonly onToggle: (key: CauseGroup['key']) => void;
}): ReactNode {
  const { diff, groups, query, open, onToggle } = props;
  const { before, after, noRates } = diff;
  const scale = useMemo(() => scaleTo(highest(diff)), [diff]);
  const isRates = noRates === null;
  const shown = groups
    .map(({ key, causes }) => ({ key, causes: matching(causes, query) }))
    .filter(({ causes }) => causes.length > 0);
  const columns = isRates ? 8 : 4;
  return (
    <Card
      title="By cause"
      aside={isRates ? 'failures per 1,000 traces' : 'counts: these traces give no rates'}
      flush
    >
      <table className="changes" data-counts={!isRates || undefined}>
        <thead>
          <tr>
            <th scope="col" className="cell-state">
              State
            </th>
            <th scope="col">Cause</th>
            {isRates && (
              <th scope="col" className="cell-dots">
                <span className="hidden">Rates on one axis</span>
                <Axis scale={scale} />
              </th>
            )}
            <th scope="col" className="num cell-rate" title={before.name}>
              <span className="side-name">{before.name}</span>
            </th>
            <th scope="col" className="num cell-rate" title={after.name}>
              <span className="side-name">{after.name}</span>
            </th>
            {isRates && (
              <>
                <th scope="col" className="num cell-difference">
                  Difference
                </th>
                <th scope="col" className="num cell-q">
                  q
                </th>
                <th scope="col" className="num cell-needed">
                  More needed
                </th>
              </>
            )}
          </tr>
        </thead>
        {shown.map(({ key, causes }) => {
          const isFolded = !open.has(key) && query === '';
          return (
            <tbody key={key} data-folded={isFolded || undefined}>
              {key !== 'changed' && (
                <tr className="group-head">
                  <th colSpan={columns} scope="colgroup">
                    <button
                      type="button"
                      aria-expanded={!isFolded}
                      aria-keyshortcuts="u"
                      onClick={() => onToggle(key)}
                    >
                      <Icon name="next" />
                      {isRates ? headOf(key, causes) : plural(causes.length, 'group')}
                    </button>
                  </th>
                </tr>
              )}
              {causes.map((cause) => (
                <ChangeRow key={cause.id} cause={cause} scale={scale} diff={diff} />
              ))}
            </tbody>
          );
        })}
      </table>
      {isRates && (
        <p className="changes-key">
          <span>
            <span className="key-dot" data-hollow="" /> {before.name} <span className="key-dot" />{' '}
            {after.name}
          </span>
          <span>Lines are 95% intervals.</span>
          <span>
            <b>q</b>: chance of such a difference without a change, corrected for the{' '}
            {plural(diff.tested, 'cause')} tested.
          </span>
          <span>
            <b>More needed</b>: traces on each side that would tell.
          </span>
        </p>
      )}
    </Card>
  );
}

/** What the causes of a group have in common; failures without a known cause are not counted. */
function headOf(key: CauseGroup['key'], causes: readonly CauseChange[]): string {
  const named = causes.filter(({ isNamed }) => isNamed).length;
  const said = GROUPS[key](named);
  if (named === causes.length) return said;
  return named === 0 ? OTHERS : `${said}, and ${OTHERS.toLowerCase()}`;
}
const OTHERS = 'Failures whose cause is not known yet';

const GROUPS = {
  changed: () => '',
  mix: (n: number) =>
    `${plural(n, 'cause')} moved with the mix of the traffic, not with what is compared`,
  unsure: (n: number) => `${plural(n, 'cause')} cannot be told apart from chance`,
  same: (n: number) => `${plural(n, 'cause')} stayed the same: no doubling and no halving`,
} as const;

function ChangeRow(props: {
  readonly cause: CauseChange;
  readonly scale: Scale;
  readonly diff: Diff;
}): ReactNode {
  const { cause, scale, diff } = props;
  const { before, after } = diff;
  const { title, difference, differenceInterval, q, needed, isNamed } = cause;
  const mixed = sameMixSentence(cause);
  const isRates = diff.noRates === null;
  return (
    <tr className="change-row" data-quiet={!isNamed || undefined}>
      <td className="cell-state">
        <StateTags cause={cause} />
      </td>
      <th scope="row" className="cell-title">
        <a className="cause-link" href={diffHash({ kind: 'cause', id: cause.id })}>
          <Coded text={title} />
        </a>
        {mixed !== null && <span className="second">{mixed}</span>}
      </th>
      {isRates && (
        <td className="cell-dots">
          <RateDots cause={cause} scale={scale} />
        </td>
      )}
      <RateCell name={before.name} side={cause.before} isEstimate={cause.isEstimate} />
      <RateCell name={after.name} side={cause.after} isEstimate={cause.isEstimate} isAfter />
      {isRates && (
        <>
          <td className="num cell-difference" data-label="Difference">
            {difference !== null && <b>{signed(difference)}</b>}
            {differenceInterval !== null && (
              <span className="second">
                {signed(differenceInterval[0])} to {signed(differenceInterval[1])}
              </span>
            )}
          </td>
          <td className="num cell-q" data-label="q">
            {q === null ? <span className="dim">not tested</span> : qText(q)}
          </td>
          <td className="num cell-needed" data-label="More needed">
            {needed === null ? <span className="dim">–</span> : count(needed)}
          </td>
        </>
      )}
    </tr>
  );
}

function RateCell(props: {
  readonly name: string;
  readonly side: CauseSide;
  readonly isEstimate: boolean;
  readonly isAfter?: boolean;
}): ReactNode {
  const { name, side, isEstimate, isAfter } = props;
  const { ratePerThousand, events, exposures } = side;
  const counted = `${isEstimate ? 'about ' : ''}${count(events)} of ${count(exposures)}`;
  return (
    <td className="num cell-rate" data-label={name} data-after={isAfter || undefined}>
      {ratePerThousand === null ? (
        counted
      ) : (
        <>
          <span className="value">{twoDigits(ratePerThousand)}</span>
          <span className="second">{counted}</span>
        </>
      )}
    </td>
  );
}

const Axis = (props: { readonly scale: Scale }): ReactNode => (
  <span className="ticks" aria-hidden="true">
    {props.scale.ticks.map((tick) => (
      <span key={tick} style={{ left: `${(100 * tick) / props.scale.end}%` }}>
        {twoDigits(tick)}
      </span>
    ))}
  </span>
);

/** The highest end of an interval that is drawn. */
const highest = ({ causes }: Diff): number =>
  Math.max(
    0,
    ...causes.flatMap(({ before, after }) => [
      before.rateInterval?.[1] ?? 0,
      after.rateInterval?.[1] ?? 0,
    ]),
  );
