import type { ReactNode } from 'react';
import { count, plural } from '../../../text/format.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Coded } from '../../parts/Coded.tsx';
import type { Navigation } from '../../report/hooks/links.ts';
import type { ReportModel } from '../../report/model/report-model.ts';
import type { Workspace } from '../workspace/workspace.tsx';

/** A session keeps what it found; people decide about the causes of the project. Leads to the one that holds most of these failures. */
export function InProject(props: {
  /** Ids of the failures of a cause of the session. */
  readonly failures: readonly string[];
  /** The current analysis of the project; null without one. */
  readonly current: Workspace | null;
  readonly outer: Navigation;
}): ReactNode {
  const { failures, current, outer } = props;
  const found = current === null ? null : largestShare(current.model, failures);
  const to =
    found === null
      ? null
      : outer.href({ ...outer.address, route: { kind: 'cluster', id: found.id } });
  useKeys(to === null ? {} : { d: () => outer.go(to) });
  if (found === null || to === null)
    return (
      <p className="dim small">
        The current causes of the project hold none of these failures: “Analyze now” on Sources
        finds them.
      </p>
    );
  return (
    <p className="actions">
      <a className="button" href={to} aria-keyshortcuts="d">
        Decide in the project <kbd>d</kbd>
      </a>{' '}
      <span className="dim small">
        {found.shared === failures.length
          ? failures.length === 1
            ? 'Its failure counts'
            : `All ${plural(failures.length, 'failure')} count`
          : `${count(found.shared)} of ${plural(failures.length, 'failure')} count`}{' '}
        for “<Coded text={found.title} />
        ”.
      </span>
    </p>
  );
}

/** The cause that holds most of the failures; null where none holds any. */
function largestShare(
  { clusters, clusterOf, failureById }: ReportModel,
  failures: readonly string[],
): { readonly id: string; readonly title: string; readonly shared: number } | null {
  const places = failures.map((id) => clusterOf[failureById.get(id) ?? -1] ?? -1);
  const shares = clusters.map(({ id, title }, at) => ({
    ...{ id, title },
    shared: places.filter((place) => place === at).length,
  }));
  const [first] = shares.toSorted((a, b) => b.shared - a.shared);
  return first === undefined || first.shared === 0 ? null : first;
}
