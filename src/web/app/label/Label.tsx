import { type ReactNode, useState } from 'react';
import { plural } from '../../../text/format.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { Button } from '../../parts/Button.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { Guard } from '../access/Guard.tsx';
import { guardedKeys, useRefusal } from '../access/use-refusal.ts';
import { useSignIn } from '../access/use-sign-in.ts';
import { TextDialog } from '../cause/TextDialog.tsx';
import { keepPerson, keptPerson, reasonOf, useAsking } from '../client/asking.ts';
import { useTitles } from '../decide/use-titles.ts';
import { pathOf } from '../workspace/addresses.ts';
import { type Queue, useQueues } from './label-queries.ts';
import { QueueDialog } from './QueueDialog.tsx';
import { QueueWork } from './QueueWork.tsx';
import { ruleText } from './reason-text.ts';
import './label.css';
import './queues.css';

/** The queues of a project; with `?queue=` in the address, the work on one of them. */
export function Label(): ReactNode {
  const queue = new URLSearchParams(location.search).get('queue');
  // Renders again when the address changes.
  useNavigation();
  const refusal = useRefusal()('POST /queues/{id}/next');
  const isKnown = !useSignIn().isPending;
  if (queue === null) return <Queues />;
  if (!isKnown) return <h1 tabIndex={-1}>Label</h1>;
  if (refusal === null) return <QueueWork key={queue} id={queue} />;
  return (
    <>
      <h1 tabIndex={-1}>Label</h1>
      <Empty title={`${refusal}.`} />
    </>
  );
}

function Queues(): ReactNode {
  const { project } = useAsking();
  const { data: queues, error } = useQueues();
  const { go } = useNavigation();
  /** The queue that is changed; `new` for one that is made. */
  const [changing, setChanging] = useState<Queue | 'new' | null>(null);
  const [isNaming, setNaming] = useState(false);
  const person = keptPerson();
  const refusal = useRefusal();
  const { data: signIn } = useSignIn();
  const hrefOf = (id: string): string => `${pathOf(project, '/label')}?queue=${id}`;
  const open = (queues ?? []).filter(({ isClosed, left }) => !isClosed && left > 0);
  useKeys({
    ...guardedKeys(refusal('POST /queues'), { c: () => setChanging('new') }),
    'j Enter': open[0] && (() => go(hrefOf(open[0]?.id ?? ''))),
  });
  const left = open.reduce((sum, queue) => sum + queue.left, 0);
  return (
    <>
      <div className="page-head">
        <h1 tabIndex={-1}>
          {queues === undefined
            ? 'Queues'
            : left === 0
              ? 'Nothing is left for you to label'
              : `${plural(left, 'item')} left for you to label`}
        </h1>
        <span className="page-head-end">
          {signIn?.isOn === false && (
            <Button onPress={() => setNaming(true)}>
              {person === '' ? 'Say who you are' : `You are ${person}`}
            </Button>
          )}
          <Guard route="POST /queues">
            <Button main shortcut="c" onPress={() => setChanging('new')}>
              New queue
            </Button>
          </Guard>
        </span>
      </div>
      <p className="label-links">
        <a className="link" href={pathOf(project, '/taxonomy')}>
          Taxonomy
        </a>{' '}
        <a className="link" href={pathOf(project, '/agreement')}>
          Agreement and coding
        </a>
      </p>
      {error !== null && <p className="form-fault">{reasonOf(error)}.</p>}
      {queues?.length === 0 && (
        <Empty title="There is no queue yet">
          <p>
            A queue gives failed traces to people, one at a time. Rules put new failures into it;
            two people per item show whether your definitions hold.
          </p>
        </Empty>
      )}
      {queues !== undefined && queues.length > 0 && (
        <ScrollTable
          label="Queues"
          columns={[
            'Queue',
            { name: 'Left for you', isNumber: true },
            'Done',
            { name: 'People per item', className: 'wide-only' },
            { name: 'Change', isHidden: true },
          ]}
          className="label-table queues"
        >
          {queues.map((queue) => (
            <Row
              key={queue.id}
              queue={queue}
              href={hrefOf(queue.id)}
              onChange={() => setChanging(queue)}
            />
          ))}
        </ScrollTable>
      )}
      <QueueDialog
        key={changing === 'new' ? 'new' : changing?.id}
        queue={changing === 'new' ? null : changing}
        isOpen={changing !== null}
        onClose={() => setChanging(null)}
        onSaved={(id) => {
          if (changing === 'new') go(hrefOf(id));
        }}
      />
      <TextDialog
        title="Who are you?"
        label="Your name, as others see it beside your labels"
        type="text"
        value={person}
        isOpen={isNaming}
        onClose={() => setNaming(false)}
        onSave={(name) => {
          keepPerson(name ?? '');
          location.reload();
        }}
      />
    </>
  );
}

function Row(props: {
  readonly queue: Queue;
  readonly href: string;
  readonly onChange: () => void;
}): ReactNode {
  const { queue, href, onChange } = props;
  const titleOf = useTitles();
  const { name, kind, blind, isClosed, rules, left, items, done, answered, annotators } = queue;
  return (
    <tr>
      <td>
        <a className="cause-link" href={href} dir="auto">
          {name}
        </a>
        <span className="second">
          {kind === 'traces' ? 'traces' : 'causes'}
          {rules.length > 0 &&
            `; takes ${rules.map((rule) => ruleText(rule, titleOf)).join(' or ')}`}{' '}
          {isClosed && <Tag>closed</Tag>}
          {blind && <Tag>blind</Tag>}
        </span>
      </td>
      <td className="num">
        {left}
        <span className="second">{answered} answered</span>
      </td>
      <td>
        {done} of {items}
        <progress max={Math.max(1, items)} value={done} aria-label={`${done} of ${items} done`} />
      </td>
      <td className="wide-only">{annotators}</td>
      <td>
        <Guard route="PATCH /queues/{id}">
          <Button onPress={onChange}>
            Change<span className="hidden"> {name}</span>
          </Button>
        </Guard>
      </td>
    </tr>
  );
}
