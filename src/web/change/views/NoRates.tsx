import type { ReactNode } from 'react';

/** Why there are no rates; nothing where there are some. */
export const NoRates = ({ reason }: { readonly reason: string | null }): ReactNode =>
  reason !== null && (
    <ul className="alarms">
      <li>
        <span>{reason}.</span>
      </li>
    </ul>
  );
