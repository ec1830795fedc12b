import type { ReactNode } from 'react';

const LEVELS = [1, 2, 3, 4, 5] as const;

/** Five dots, filled up to the severity; screen readers read it as text. */
export function Severity(props: { readonly value: number }): ReactNode {
  const { value } = props;
  return (
    <span
      className="severity"
      role="img"
      aria-label={`severity ${value} of 5`}
      title={`Severity ${value} of 5`}
      data-high={value >= 4 || undefined}
    >
      {LEVELS.map((level) => (
        <span key={level} data-on={level <= Math.round(value) || undefined} />
      ))}
    </span>
  );
}
