import type { ReactNode } from 'react';
import type { CauseChange } from '../../../../contract/diff.ts';
import { Tag } from '../../../parts/Tag.tsx';
import { STATE_TAGS } from '../../model/state-words.ts';

/** The state of a cause, and whether the mix of the traffic explains its change. */
export function StateTags(props: { readonly cause: CauseChange }): ReactNode {
  const { state, isMix } = props.cause;
  const { word, kind } = STATE_TAGS[state];
  return (
    <span className="states">
      <Tag kind={isMix && kind !== 'unsure' ? undefined : kind}>{word}</Tag>
      {isMix && (
        <Tag
          kind="unsure"
          title="With the same mix of traffic on both sides the rates say something else"
        >
          mix
        </Tag>
      )}
    </span>
  );
}
