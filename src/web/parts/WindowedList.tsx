import { type ReactNode, useRef } from 'react';
import { useSeenRows } from '../hooks/use-seen-rows.ts';

/** A list of rows of equal height that renders only the visible ones, for any length. */
export function WindowedList(props: {
  readonly count: number;
  readonly rowHeight: number;
  readonly label: string;
  readonly row: (position: number) => ReactNode;
}): ReactNode {
  const { count, rowHeight, label, row } = props;
  const box = useRef<HTMLElement>(null);
  const seen = useSeenRows(box, true, rowHeight);
  const from = Math.min(seen.from, Math.max(0, count - 1));
  const to = Math.min(count, seen.to);
  const positions = Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
    <section ref={box} className="windowed" aria-label={label} tabIndex={0}>
      <ul style={{ height: count * rowHeight }}>
        {positions.map((position) => (
          <li
            key={position}
            style={{ top: position * rowHeight, height: rowHeight }}
            aria-setsize={count}
            aria-posinset={position + 1}
          >
            {row(position)}
          </li>
        ))}
      </ul>
    </section>
  );
}
