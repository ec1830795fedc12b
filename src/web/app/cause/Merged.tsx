import type { ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { Guard } from '../access/Guard.tsx';
import { pairOf } from '../decide/pair.ts';
import { DECIDE, useDecide } from '../decide/use-decide.ts';
import { useTitles } from '../decide/use-titles.ts';
import { useWorkspace } from '../workspace/workspace.tsx';
import { setField } from './set-field.ts';

/** The causes that were merged into one, each with a way out for good. */
export function Merged(props: { readonly id: string }): ReactNode {
  const { id } = props;
  const { decisions } = useWorkspace();
  const titles = useTitles();
  const merged = [...decisions.causes].filter(([, { mergedInto }]) => mergedInto === id);
  if (merged.length === 0) return null;
  return (
    <Card title="Merged into this cause">
      <ul className="merged">
        {merged.map(([cause]) => (
          <li key={cause}>
            <Coded text={titles(cause)} />
            <Separate cause={cause} from={id} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Separate(props: { readonly cause: string; readonly from: string }): ReactNode {
  const { cause, from } = props;
  const { decide } = useDecide();
  return (
    <Guard route={DECIDE}>
      <Button
        title="They are never put together again, unless you merge them anew"
        onPress={() =>
          decide('unmerge', [
            setField(cause, 'mergedInto', null),
            { kind: 'pair', subject: pairOf(cause, from), field: 'apart', value: true },
          ])
        }
      >
        Separate for good
      </Button>
    </Guard>
  );
}

/** In place of a cause that was merged away: where its failures are now. */
export function MergedAway(props: { readonly id: string; readonly survivor: string }): ReactNode {
  const { id, survivor } = props;
  const { address, href } = useNavigation();
  const { decisions } = useWorkspace();
  const titles = useTitles();
  const into = decisions.causes.get(id)?.mergedInto;
  return (
    <>
      <h1 tabIndex={-1}>
        <Coded text={titles(id)} />
      </h1>
      <Empty title="This cause was merged into another one">
        <p>
          <a className="link" href={href({ ...address, route: { kind: 'cluster', id: survivor } })}>
            <Coded text={titles(survivor)} />
          </a>
        </p>
        {into !== undefined && (
          <p>
            <Separate cause={id} from={into} />
          </p>
        )}
      </Empty>
    </>
  );
}
