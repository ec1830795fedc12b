import type { ReactNode } from 'react';
import type { GuardedRoute } from './refusal.ts';
import { useRefusal } from './use-refusal.ts';

/** Controls that ask a route; for who may not ask it they are off, and say why. Links are left out. */
export function Guard(props: {
  readonly route: GuardedRoute;
  /** Says why below the controls, too, not only when they are pointed at. */
  readonly says?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { route, says = false, children } = props;
  const refusal = useRefusal()(route);
  if (refusal === null) return children;
  return (
    <>
      <fieldset className="guard" disabled aria-label={refusal} title={refusal}>
        {children}
      </fieldset>
      {says && <p className="dim small guard-reason">{refusal}.</p>}
    </>
  );
}

/** What only those see who may ask a route. */
export function May(props: {
  readonly route: GuardedRoute;
  readonly children: ReactNode;
}): ReactNode {
  return useRefusal()(props.route) === null ? props.children : null;
}
