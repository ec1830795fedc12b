import type { ReactNode } from 'react';
import { plural } from '../../../text/format.ts';
import { useAsking } from '../client/asking.ts';
import { pathOf } from '../workspace/addresses.ts';
import { useProposals } from './use-proposals.ts';

/** On Home: that there are proposals to decide on. */
export function ProposalsNote(): ReactNode {
  const { project } = useAsking();
  const { data } = useProposals();
  const open = data?.items.length ?? 0;
  if (open === 0) return null;
  return (
    <p>
      <a className="link" href={pathOf(project, '/proposals')}>
        {plural(open, 'proposed change')} of the causes
      </a>
    </p>
  );
}
