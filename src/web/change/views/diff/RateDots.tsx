import type { ReactNode } from 'react';
import type { CauseChange, CauseSide } from '../../../../contract/diff.ts';
import { placeOn, type Scale } from '../../model/scale.ts';

/** The rates before (hollow) and after (filled) with their intervals, on the axis of all causes. The figures stand beside it. */
export function RateDots(props: { readonly cause: CauseChange; readonly scale: Scale }): ReactNode {
  const { cause, scale } = props;
  return (
    <span
      className="rate-dots"
      data-state={cause.state}
      style={{ ['--ticks' as string]: scale.ticks.length - 1 }}
      aria-hidden="true"
    >
      <Whisker side={cause.before} name="before" scale={scale} />
      <Whisker side={cause.after} name="after" scale={scale} />
    </span>
  );
}

function Whisker(props: {
  readonly side: CauseSide;
  readonly name: string;
  readonly scale: Scale;
}): ReactNode {
  const { side, name, scale } = props;
  const { ratePerThousand, rateInterval } = side;
  if (ratePerThousand === null || rateInterval === null) return null;
  const [low, high] = rateInterval;
  return (
    <span className="whisker" data-side={name}>
      <span
        className="whisker-line"
        style={{ left: placeOn(scale, low), width: placeOn(scale, high - low) }}
      />
      <span className="whisker-dot" style={{ left: placeOn(scale, ratePerThousand) }} />
    </span>
  );
}
