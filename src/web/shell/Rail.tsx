import { type ReactNode, useEffect, useRef } from 'react';
import { count } from '../../text/format.ts';
import { Icon, type IconName } from '../parts/Icon.tsx';

export interface RailScreen {
  readonly name: string;
  readonly icon: IconName;
  readonly href: string;
  readonly isCurrent: boolean;
  /** How many things it lists. */
  readonly count?: number;
}

/** The screens, at the side or, on a phone, at the bottom. */
export function Rail(props: {
  readonly screens: readonly RailScreen[];
  /** The address of this page, for the link that skips to the content. */
  readonly page: string;
  readonly onSkip: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { screens, page, onSkip, children } = props;
  const nav = useRef<HTMLElement>(null);
  // On a phone, not all of them fit.
  useEffect(() => {
    const own = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (own == null || nav.current === null) return;
    nav.current.scrollLeft = own.offsetLeft - (nav.current.clientWidth - own.offsetWidth) / 2;
  });
  return (
    <aside className="rail" aria-label="Culprit">
      <a
        className="skip"
        href={page}
        onClick={(event) => {
          event.preventDefault();
          onSkip();
        }}
      >
        Skip to the content
      </a>
      <p className="brand">
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
          <rect className="brand-line" x="2" y="3" width="16" height="2.600" rx="1" />
          <rect className="brand-mark" x="2" y="8.200" width="11" height="4" rx="1" />
          <rect className="brand-line" x="2" y="14.800" width="13" height="2.600" rx="1" />
        </svg>
        Culprit
      </p>
      <nav aria-label="Screens" ref={nav}>
        {screens.map(({ name, icon, href, isCurrent, count: number }) => (
          <a key={name} href={href} aria-current={isCurrent ? 'page' : undefined}>
            <Icon name={icon} />
            {name}
            {number !== undefined && <span className="rail-count">{count(number)}</span>}
          </a>
        ))}
      </nav>
      <div className="rail-foot">{children}</div>
    </aside>
  );
}
