import type { ReactNode } from 'react';
import { plural } from '../../../text/format.ts';
import { useAsking } from '../client/asking.ts';
import { useLatest } from '../client/queries.ts';
import { pathOf } from '../workspace/addresses.ts';

/** Which traces the causes are of, where some are older than the last 30 days. */
export function AnalyzedTraces(): ReactNode {
  const { project } = useAsking();
  const analysis = useLatest().data?.analysis;
  if (analysis == null || analysis.older === 0) return null;
  const { at, from, older } = analysis;
  const until = new Date(Date.parse(from ?? at) - (from === null ? MONTH : 0)).toISOString();
  return (
    <p className="dim small home-window">
      {from === null
        ? `The last 30 days hold too few failures to rank causes, so all stored traces count. ${plural(older, 'trace')} are older: `
        : `These are the causes of the last 30 days, without ${plural(older, 'older trace')}: `}
      <a className="link" href={`${pathOf(project, '/traces')}?to=${encodeURIComponent(until)}`}>
        show them
      </a>
      .
    </p>
  );
}

/** Milliseconds of 30 days. */
const MONTH = 30 * 86_400_000;
