import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { notify } from '../../hooks/notice.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import { QUEUES } from './label-queries.ts';

type Fill = 'unknown' | 'failed' | 'none';

/** Asks for a name, how many people answer, and what goes into the queue. */
export function NewQueueDialog(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** @param id of the queue */
  readonly onMade: (id: string) => void;
}): ReactNode {
  const { isOpen, onClose, onMade } = props;
  const { project, client: ask } = useAsking();
  const client = useQueryClient();
  const id = useId();
  const [name, setName] = useState('');
  const [annotators, setAnnotators] = useState(1);
  const [isBlind, setBlind] = useState(false);
  const [isRouted, setRouted] = useState(true);
  const [fill, setFill] = useState<Fill>('failed');

  const make = async (): Promise<void> => {
    try {
      const { queue } = await ask('POST /queues', {
        body: {
          ...{ name: name.trim(), kind: 'traces', annotators, blind: isBlind },
          rules: isRouted ? [{ sample: 1 }] : [],
        },
      });
      if (fill !== 'none')
        await ask('POST /queues/{id}/items', {
          path: { id: queue.id },
          body: {
            filter: { failed: 'true', ...(fill === 'unknown' && { cause: 'none' }) },
            limit: 200,
          },
        });
      void client.invalidateQueries({ queryKey: [QUEUES, project] });
      setName('');
      onMade(queue.id);
    } catch (error) {
      notify(`No queue was made. ${reasonOf(error)}`);
    }
  };

  return (
    <FormDialog
      title="New queue"
      isOpen={isOpen}
      onClose={onClose}
      verb="Make the queue"
      canSave={name.trim() !== ''}
      onSave={() => void make()}
    >
      <label htmlFor={`${id}name`}>Name</label>
      <input
        id={`${id}name`}
        className="field"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <label htmlFor={`${id}fill`}>Begin with</label>
      <select
        id={`${id}fill`}
        className="field"
        value={fill}
        onChange={(event) => setFill(event.target.value as Fill)}
      >
        <option value="failed">the newest 200 failures</option>
        <option value="unknown">the newest 200 failures without a known cause</option>
        <option value="none">nothing</option>
      </select>
      <label htmlFor={`${id}people`}>People per item</label>
      <select
        id={`${id}people`}
        className="field"
        value={annotators}
        onChange={(event) => setAnnotators(Number(event.target.value))}
      >
        <option value={1}>1</option>
        <option value={2}>2, to measure agreement</option>
        <option value={3}>3</option>
      </select>
      <label className="check">
        <input
          type="checkbox"
          checked={isBlind}
          onChange={(event) => setBlind(event.target.checked)}
        />{' '}
        Blind: no proposal and nothing of others until all have answered
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={isRouted}
          onChange={(event) => setRouted(event.target.checked)}
        />{' '}
        Add new failures as they arrive
      </label>
    </FormDialog>
  );
}
