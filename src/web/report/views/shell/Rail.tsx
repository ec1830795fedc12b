import type { ReactNode } from 'react';
import { count } from '../../../../text/format.ts';
import { Icon, type IconName } from '../../../parts/Icon.tsx';
import { useLink } from '../../hooks/links.ts';
import type { Route } from '../../model/route.ts';

/** The screens, at the side or, on a phone, at the bottom. */
export function Rail(props: {
  readonly route: Route;
  readonly first: Route | null;
  readonly causes: number;
  readonly causeWord: string;
  readonly traces: number;
  /** The address of this page, for the link that skips to the content. */
  readonly page: string;
  readonly onSkip: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { route, first, causes, causeWord, traces, page, onSkip, children } = props;
  const link = useLink();
  const screens: readonly {
    readonly name: string;
    readonly icon: IconName;
    readonly to: Route;
    readonly kinds: readonly Route['kind'][];
    readonly count?: number;
  }[] = [
    { name: 'Home', icon: 'home', to: { kind: 'home' }, kinds: ['home'] },
    ...(first === null
      ? []
      : [
          {
            name: causeWord,
            icon: 'cause' as const,
            to: first,
            kinds: ['cluster' as const],
            count: causes,
          },
        ]),
    {
      name: 'Traces',
      icon: 'traces',
      to: { kind: 'traces' },
      kinds: ['traces', 'trace', 'noise'],
      count: traces,
    },
    { name: 'Map', icon: 'map', to: { kind: 'map' }, kinds: ['map'] },
    { name: 'About', icon: 'run', to: { kind: 'run' }, kinds: ['run'] },
  ];
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
      <nav aria-label="Screens">
        {screens.map(({ name, icon, to, kinds, count: number }) => (
          <a
            key={name}
            href={link(to)}
            aria-current={kinds.includes(route.kind) ? 'page' : undefined}
          >
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
