import type { ReactNode } from 'react';
import type { IconName } from '../../../parts/Icon.tsx';
import { Rail } from '../../../shell/Rail.tsx';
import { useLink } from '../../hooks/links.ts';
import type { Route } from '../../model/route.ts';

/** The screens of a report. */
export function ReportRail(props: {
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
    <Rail
      page={page}
      onSkip={onSkip}
      screens={screens.map(({ to, kinds, ...screen }) => ({
        ...screen,
        href: link(to),
        isCurrent: kinds.includes(route.kind),
      }))}
    >
      {children}
    </Rail>
  );
}
