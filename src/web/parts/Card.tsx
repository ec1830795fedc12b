import { type ReactNode, useId } from 'react';

/** A titled panel; `aside` stands at the end of its title. */
export function Card(props: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  /** Whether the content fills the card to its edges. */
  readonly flush?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}): ReactNode {
  const { title, aside, flush, className, children } = props;
  const id = useId();
  return (
    <section
      className={className === undefined ? 'card' : `card ${className}`}
      aria-labelledby={id}
    >
      <header>
        <h2 id={id}>{title}</h2>
        {aside !== undefined && <span className="card-aside">{aside}</span>}
      </header>
      {flush === true ? children : <div className="card-body">{children}</div>}
    </section>
  );
}
