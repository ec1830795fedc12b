import type { ReactNode } from 'react';

const LEVELS = [1, 2, 3, 4, 5] as const;

/** Five rising bars, filled up to the severity, and the severity in words; red only at 5. */
export function Severity(props: { readonly value: number }): ReactNode {
  const filled = Math.round(props.value);
  return (
    <span className="severity" data-highest={filled >= 5 || undefined}>
      <span className="severity-bars" aria-hidden="true">
        {LEVELS.map((level) => (
          <span
            key={level}
            data-on={level <= filled || undefined}
            style={{ height: 2 + level * 2 }}
          />
        ))}
      </span>
      <span>
        <span className="hidden">severity </span>
        {props.value}
        <span className="dim"> of 5</span>
      </span>
    </span>
  );
}
