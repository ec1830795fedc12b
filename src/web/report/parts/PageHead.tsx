import { type ReactNode, useEffect, useRef } from 'react';
import type { ReportModel } from '../model/report-model.ts';
import { Coded } from './Coded.tsx';
import { Icon } from './Icon.tsx';

/** Header of a page next to the map. Takes focus when its title changes, for keyboard and screen reader users. */
export function PageHead(props: {
  readonly model: ReportModel;
  readonly title: string;
  readonly badge?: ReactNode;
  /** Whether the title is a generated sentence with names in backticks. */
  readonly coded?: boolean;
  /** Target of the back link; by default, all causes. */
  readonly back?: { readonly href: string; readonly label: string };
  readonly tools?: ReactNode;
  readonly children?: ReactNode;
}): ReactNode {
  const { model, title, badge, coded, tools, children, back } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new title is a new page
  useEffect(() => {
    const element = heading.current;
    element?.focus({ preventScroll: true });
    element?.closest('.page-scroll')?.scrollTo(0, 0);
  }, [title]);
  return (
    <header className="page-head">
      <nav className="page-tools" aria-label="Page">
        <a
          className="back"
          href={back?.href ?? model.address({ kind: 'overview' })}
          title="Back (Esc)"
        >
          <Icon name="previous" />
          {back?.label ?? 'All causes'}
        </a>
        <span className="page-tools-end">{tools}</span>
      </nav>
      <div className="page-title">
        {badge}
        <h2 ref={heading} tabIndex={-1}>
          {coded === true ? <Coded text={title} /> : title}
        </h2>
      </div>
      {children !== undefined && <p className="chips">{children}</p>}
    </header>
  );
}
