import { type ReactNode, useState } from 'react';
import { plural } from '../../../text/format.ts';
import { moment } from '../../../text/moments.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Button } from '../../parts/Button.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Guard } from '../access/Guard.tsx';
import { guardedKeys, useRefusal } from '../access/use-refusal.ts';
import { reasonOf, useAsking } from '../client/asking.ts';
import type { Answer } from '../client/queries.ts';
import { pathOf } from '../workspace/addresses.ts';
import { ProposalCard } from './ProposalCard.tsx';
import { useProposalChange, useProposals } from './use-proposals.ts';

const SEARCH = 'POST /proposals/search';
const ACCEPT = 'POST /proposals/accept';

/** What a re-clustering would change about the causes. Nothing changes until a person accepts it. */
export function Proposals(): ReactNode {
  const { project, client } = useAsking();
  const { data, error } = useProposals();
  const { failed, change } = useProposalChange();
  const [chosen, setChosen] = useState(0);
  const refusal = useRefusal();
  const items = data?.items ?? [];
  const at = Math.min(chosen, Math.max(0, items.length - 1));
  const now = items[at];
  const accept = (id: string): void =>
    change(
      () => client(ACCEPT, { body: { id } }),
      'Accepted; the causes follow with the next analysis. Press u to undo',
    );
  const reject = (id: string): void =>
    change(
      () => client('POST /proposals/reject', { body: { id } }),
      'Rejected, until it is twice as much. Press u to undo',
    );
  const search = (): void => change(() => client(SEARCH), 'Looking; it is a session like others');
  useKeys({
    ...(items.length > 1 && {
      j: () => setChosen(Math.min(at + 1, items.length - 1)),
      k: () => setChosen(Math.max(at - 1, 0)),
    }),
    ...guardedKeys(refusal(ACCEPT), {
      ...(now !== undefined && { a: () => accept(now.id), x: () => reject(now.id) }),
      n: search,
    }),
  });
  if (data === undefined)
    return <h1 tabIndex={-1}>{error === null ? 'One moment' : reasonOf(error)}</h1>;
  return (
    <div className="stack">
      <h1 tabIndex={-1}>{titleOf(data)}</h1>
      <p className="lead-worth">
        Causes that somebody has accepted stay as they are. A re-clustering, weekly by a schedule or
        now, only says what it would change.
        {data.session !== null && data.at !== null && (
          <>
            {' '}
            The last one is{' '}
            <a className="link" href={pathOf(project, `/sessions/${data.session}`)}>
              of {moment(Date.parse(data.at))} UTC
            </a>
            .
          </>
        )}
      </p>
      <p className="actions">
        <Guard route={SEARCH}>
          <Button shortcut="n" onPress={search}>
            Look for changes
          </Button>
        </Guard>
      </p>
      <p role="alert" className="fail-text">
        {failed}
      </p>
      {items.length === 0 ? (
        <Empty title={emptyTitle(data)}>
          <p>{emptyText(data)}</p>
        </Empty>
      ) : (
        <div className="stack">
          {items.map((proposal, place) => (
            <ProposalCard
              key={proposal.id}
              proposal={proposal}
              isChosen={place === at}
              onAccept={() => accept(proposal.id)}
              onReject={() => reject(proposal.id)}
            />
          ))}
        </div>
      )}
    </div>
  );
}

type Found = Answer<'GET /proposals'>;

const titleOf = ({ items }: Found): string =>
  items.length === 0
    ? 'No change of the causes is proposed'
    : `${plural(items.length, 'proposed change')} of the causes`;

function emptyTitle({ session, settled }: Found): string {
  if (settled === 0) return 'Nobody has accepted a cause yet';
  return session === null ? 'Nobody has looked yet' : 'Nothing to decide';
}

function emptyText({ session, settled }: Found): string {
  if (settled === 0)
    return 'Until then, each analysis finds the causes anew. Accept on the page of a cause what is right; from then on, it changes only when you say so.';
  return session === null
    ? 'Look for changes now, or add a schedule on the page Watch.'
    : 'The last re-clustering finds the causes that you have accepted. What is small, mixed or does not come back in resamples is left out.';
}
