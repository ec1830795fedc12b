import type { ReactNode } from 'react';
import type { Diff } from '../../../../contract/diff.ts';
import { mixSentence, ratioSentence } from '../../../../text/diff-words.ts';
import { percent } from '../../../../text/format.ts';
import { Card } from '../../../parts/Card.tsx';
import { Tag } from '../../../parts/Tag.tsx';
import { MIX_WORDS } from '../../model/state-words.ts';

/** What makes the rates hard to compare, at the top of the page: traffic that was not divided as intended, or not the same. */
export function Alarms(props: { readonly diff: Diff }): ReactNode {
  const { mix, sampleRatio, before, after } = props.diff;
  const lines = [
    ...(sampleRatio?.isAlarm ? [`${ratioSentence(sampleRatio)}.`] : []),
    ...mix
      .filter(({ isAlarm }) => isAlarm)
      .map((shift) => `${mixSentence(shift, before.name, after.name)}.`),
  ];
  if (lines.length === 0) return null;
  return (
    <ul className="alarms">
      {lines.map((line) => (
        <li key={line}>
          <span>{line}</span>
        </li>
      ))}
    </ul>
  );
}

/** Whether both sides have the same traffic. */
export function Traffic(props: { readonly diff: Diff }): ReactNode {
  const { mix, before, after } = props.diff;
  if (mix.length === 0) return null;
  const isSame = mix.every(({ isAlarm }) => !isAlarm);
  return (
    <Card title={isSame ? 'The traffic is the same' : 'The traffic is not the same'} flush>
      <table className="traffic">
        <thead>
          <tr>
            <th scope="col">Share that moved most</th>
            <th scope="col" className="num">
              <span className="side-name">{before.name}</span>
            </th>
            <th scope="col" className="num">
              <span className="side-name">{after.name}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {mix.map(({ by, p, isAlarm, most }) => (
            <tr key={by}>
              <th scope="row">
                {most?.value ?? 'no group'}
                <span className="second">
                  {MIX_WORDS[by]}, p {p < 0.001 ? '< 0.001' : p.toPrecision(2)}{' '}
                  {isAlarm && <Tag kind="fail">mix</Tag>}
                </span>
              </th>
              <td className="num">{most === null ? '–' : percent(most.before)}</td>
              <td className="num">{most === null ? '–' : percent(most.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
