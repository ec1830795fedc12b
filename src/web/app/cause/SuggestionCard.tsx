import type { ReactNode } from 'react';
import type { CauseProposal } from '../../../contract/cause-proposal.ts';
import type { Change } from '../../../contract/decision.ts';
import { exactMoment } from '../../../text/moments.ts';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { useLink } from '../../report/hooks/links.ts';
import { Guard } from '../access/Guard.tsx';
import { useNames } from '../access/use-names.ts';
import { useDecisions } from '../client/queries.ts';
import { DECIDE, useDecide } from '../decide/use-decide.ts';
import { setField } from './set-field.ts';
import './suggestion.css';

/** What a coding agent proposes about a cause, until a person has decided; nothing where none does. */
export function SuggestionCard(props: {
  readonly id: string;
  readonly note: string | null;
}): ReactNode {
  const { id, note } = props;
  const { data } = useDecisions();
  const { decide } = useDecide();
  const names = useNames();
  const link = useLink();
  const found = data?.find(
    ({ kind, subject, field, value }) =>
      kind === 'cause' && subject === id && field === 'suggestion' && value !== null,
  );
  if (found === undefined) return null;
  const { at, by } = found;
  const proposal = found.value as CauseProposal;
  const { title, category, severity, layer, reason, fix, quotes } = proposal;
  return (
    <Card
      title="What an agent proposes"
      aside={`${by === 'local' ? '' : `${names(by)}, `}${exactMoment(Date.parse(at))}`}
    >
      <div className="suggested">
        <p>
          {title !== undefined && <Coded text={title} />}{' '}
          {category !== undefined && <Tag>{category}</Tag>}{' '}
          {severity !== undefined && <Tag>severity {severity}</Tag>}{' '}
          {layer !== undefined && <Tag>fix in {layer}</Tag>}
        </p>
        <p dir="auto">{reason}</p>
        {fix !== undefined && <pre dir="auto">{fix}</pre>}
        {quotes.map(({ trace, quote }) => (
          <blockquote key={`${trace} ${quote}`} dir="auto">
            {quote}{' '}
            <a className="link" href={link({ kind: 'trace', id: trace })}>
              trace
            </a>
          </blockquote>
        ))}
        <Guard route={DECIDE}>
          <div className="suggested-actions">
            <Button onPress={() => decide('edit', accepted(id, proposal, note))}>
              Accept proposal
            </Button>
            <Button onPress={() => decide('dismiss', [setField(id, 'suggestion', null)])}>
              Dismiss
            </Button>
          </div>
        </Guard>
      </div>
    </Card>
  );
}

/** What is proposed, as decided; a fix goes to the note. */
const accepted = (
  id: string,
  { title, category, severity, layer, fix }: CauseProposal,
  note: string | null,
): readonly Change[] => [
  setField(id, 'suggestion', null),
  ...(title === undefined ? [] : [setField(id, 'title', title)]),
  ...(category === undefined ? [] : [setField(id, 'category', category)]),
  ...(severity === undefined ? [] : [setField(id, 'severity', severity)]),
  ...(layer === undefined ? [] : [setField(id, 'layer', layer)]),
  ...(fix === undefined
    ? []
    : [setField(id, 'note', [note, `Proposed fix:\n${fix}`].filter(Boolean).join('\n\n'))]),
];
