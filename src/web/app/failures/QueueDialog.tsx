import { type ReactNode, useId, useState } from 'react';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAsking } from '../client/asking.ts';
import { useQueues } from '../label/label-queries.ts';

const NEW = '';

/** Asks for a queue of traces: an existing one, or the name of a new one. */
export function QueueDialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  /** Receives a function that makes the queue if it is new. */
  readonly onSave: (queue: () => Promise<{ readonly id: string; readonly name: string }>) => void;
}): ReactNode {
  const { title, onClose, onSave } = props;
  const { client: ask } = useAsking();
  const { data } = useQueues();
  const id = useId();
  const queues = (data ?? []).filter(({ kind, isClosed }) => kind === 'traces' && !isClosed);
  const [given, setChosen] = useState<string | null>(null);
  const [name, setName] = useState('');
  const chosen = given ?? queues[0]?.id ?? NEW;
  const queue = queues.find((each) => each.id === chosen);
  return (
    <FormDialog
      title={title}
      isOpen
      onClose={onClose}
      verb="Add"
      canSave={queue !== undefined || name.trim() !== ''}
      onSave={() =>
        onSave(async () => {
          if (queue !== undefined) return queue;
          const body = { name: name.trim(), kind: 'traces', annotators: 1, blind: false } as const;
          return (await ask('POST /queues', { body })).queue;
        })
      }
    >
      <label htmlFor={`${id}queue`}>Queue</label>
      <select
        id={`${id}queue`}
        className="field"
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
      >
        {queues.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
        <option value={NEW}>A new queue</option>
      </select>
      {queue === undefined && (
        <>
          <label htmlFor={`${id}name`}>Name of the new queue</label>
          <input
            id={`${id}name`}
            className="field"
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
