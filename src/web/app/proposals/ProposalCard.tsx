import { type ReactNode, useEffect, useRef } from 'react';
import { count, percent, plural } from '../../../text/format.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { Guard } from '../access/Guard.tsx';
import type { Proposal } from './use-proposals.ts';

/** One proposal: what it would change, what speaks for it, what becomes of the counts. */
export function ProposalCard(props: {
  readonly proposal: Proposal;
  /** Whether keys are about it. */
  readonly isChosen: boolean;
  readonly onAccept: () => void;
  readonly onReject: () => void;
}): ReactNode {
  const { proposal, isChosen, onAccept, onReject } = props;
  const { kind, parts, effects, failures, of } = proposal;
  const { address, href } = useNavigation();
  const place = useRef<HTMLDivElement>(null);
  const wasChosen = useRef(isChosen);
  useEffect(() => {
    if (isChosen && !wasChosen.current) place.current?.scrollIntoView({ block: 'nearest' });
    wasChosen.current = isChosen;
  }, [isChosen]);
  const shortcut = (key: string): { shortcut?: string } => (isChosen ? { shortcut: key } : {});
  const title = effects[0]?.title ?? '';
  return (
    <div ref={place} aria-current={isChosen}>
      <Card
        title={
          <>
            {NAMES[kind]} <Coded text={title} />
          </>
        }
        aside={`about ${plural(Math.round(failures), 'failure')} of ${count(Math.round(of))}`}
      >
        <div className="stack">
          <p>{meaning(proposal)}</p>
          <ul className="stack" aria-label="What it rests on">
            {parts.map((part) => (
              <li key={part.id}>
                <b>
                  <Coded text={part.title} />
                </b>{' '}
                <span className="dim">
                  {count(part.shared)} of its {plural(part.own, 'failure')} in common,{' '}
                  {part.returns === null
                    ? 'named by a detector'
                    : `found again in ${percent(part.returns)} of resamples`}
                </span>
                {part.condition !== null && (
                  <p className="dim small">
                    They share: <Coded text={part.condition} />
                  </p>
                )}
                <div className="stack">
                  {part.exemplars.map(({ traceId, quote }) => (
                    <p key={traceId} className="small" dir="auto">
                      <a
                        className="link"
                        href={href({ ...address, route: { kind: 'trace', id: traceId } })}
                      >
                        “{quote.slice(0, 160)}”
                      </a>
                    </p>
                  ))}
                </div>
              </li>
            ))}
          </ul>
          <section className="table-scroll" aria-label="What becomes of the counts">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">Share of the failures</th>
                  <th scope="col">now</th>
                  <th scope="col">then</th>
                </tr>
              </thead>
              <tbody>
                {effects.map(({ id, title: name, before, after }) => (
                  <tr key={id}>
                    <th scope="row">
                      <Coded text={name} /> {before === 0 && <Tag kind="new">new</Tag>}
                      {after === 0 && <Tag kind="unsure">goes</Tag>}
                    </th>
                    <td>{percent(before)}</td>
                    <td>{percent(after)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <p className="actions">
            <Guard route="POST /proposals/accept">
              <Button main {...shortcut('a')} onPress={onAccept}>
                Accept<span className="hidden">: {`${NAMES[kind]} ${title}`}</span>
              </Button>
              <Button {...shortcut('x')} onPress={onReject}>
                Reject<span className="hidden">: {`${NAMES[kind]} ${title}`}</span>
              </Button>
            </Guard>
          </p>
        </div>
      </Card>
    </div>
  );
}

const NAMES: Readonly<Record<Proposal['kind'], string>> = {
  new: 'New:',
  split: 'Split:',
  merge: 'Merge:',
};

function meaning({ kind, parts, causes }: Proposal): string {
  switch (kind) {
    case 'new':
      return 'These failures belong to no cause that somebody has accepted, and form one of their own.';
    case 'split':
      return `It falls into ${plural(parts.length, 'cluster')} with conditions of their own. The first keeps its place, decisions and history; the others become causes, and the two are kept apart.`;
    case 'merge':
      return `One cluster holds the failures of ${plural(causes.length, 'cause')}. The first stays; the others count for it from then on.`;
  }
}
