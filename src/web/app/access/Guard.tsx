import type { ReactNode } from 'react';
import type { GuardedRoute } from './refusal.ts';
import { useRefusal } from './use-refusal.ts';

/** Controls that use a route. For people who may not use it they are disabled and say why. Not for links. */
export function Guard(props: {
  readonly route: GuardedRoute;
  /** Whether the reason is also shown below the controls, not only as a tooltip. */
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

/** Shown only to people who may use a route. */
export function May(props: {
  readonly route: GuardedRoute;
  readonly children: ReactNode;
}): ReactNode {
  return useRefusal()(props.route) === null ? props.children : null;
}
