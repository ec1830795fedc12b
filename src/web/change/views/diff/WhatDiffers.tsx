import type { ReactNode } from 'react';
import type { AttributeDifference, CauseChange } from '../../../../contract/diff.ts';
import { percent } from '../../../../text/format.ts';
import { Card } from '../../../parts/Card.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { Tag } from '../../../parts/Tag.tsx';
import { TwoDots } from '../../../parts/TwoDots.tsx';
import { diffHash } from '../../model/diff-route.ts';

/** Causes that are shown; each has its own page, too. */
const MOST = 10;

/** What failures of new and grown causes have more often, or less often, than other traces of the same side. */
export function WhatDiffers(props: {
  readonly causes: readonly CauseChange[];
  readonly side: string;
  /** Whether each cause has its title above its rows. */
  readonly withTitles: boolean;
}): ReactNode {
  const { side, withTitles } = props;
  const causes = props.causes.filter(({ differs }) => differs.length > 0).slice(0, MOST);
  if (causes.length === 0) return null;
  return (
    <Card
      title="What differs"
      aside={
        <span className="differs-key">
          <span className="dot-fail" /> its failures <span className="dot-pass" /> other traces of{' '}
          {side}
        </span>
      }
      className="what-differs"
      flush
    >
      <table>
        <thead>
          <tr>
            <th scope="col">In the trace</th>
            <th scope="col" className="num">
              Its failures
            </th>
            <th scope="col" className="num">
              Others
            </th>
            <th scope="col" className="cell-two">
              <span className="hidden">Both shares</span>
              <span className="axis" aria-hidden="true">
                <span>0</span>
                <span>100%</span>
              </span>
            </th>
          </tr>
        </thead>
        {causes.map((cause) => (
          <tbody key={cause.id}>
            {withTitles && (
              <tr className="group-head">
                <th colSpan={4} scope="colgroup">
                  <a className="link" href={diffHash({ kind: 'cause', id: cause.id })}>
                    <Coded text={cause.title} />
                  </a>
                </th>
              </tr>
            )}
            {cause.differs.map((difference) => (
              <DiffersRow
                key={`${difference.attribute} ${difference.value}`}
                difference={difference}
              />
            ))}
          </tbody>
        ))}
      </table>
    </Card>
  );
}

function DiffersRow(props: { readonly difference: AttributeDifference }): ReactNode {
  const { sentence, failures, ofFailures, others, ofOthers, followsSide } = props.difference;
  const [mine, theirs] = [share(failures, ofFailures), share(others, ofOthers)];
  return (
    <tr>
      <th scope="row">
        <Coded text={sayingOf(sentence)} />{' '}
        {followsSide && (
          <Tag title="Nearly all traces with it are on one side: it changed together with what is compared">
            changed too
          </Tag>
        )}
      </th>
      <td className="num" title={`${failures} of ${ofFailures}`}>
        <b>{percent(mine)}</b>
      </td>
      <td className="num" title={`${others} of ${ofOthers}`}>
        {percent(theirs)}
      </td>
      <td className="cell-two">
        <TwoDots failing={mine} passing={theirs} />
      </td>
    </tr>
  );
}

const share = (part: number, of: number): number => (of > 0 ? part / of : 0);

/** The sentence without its figures, which have their columns. */
const sayingOf = (sentence: string): string => {
  const end = sentence.lastIndexOf(': ');
  return end < 0 ? sentence : sentence.slice(0, end);
};
