import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { notify } from '../../hooks/notice.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import { ACTIVITY } from '../client/queries.ts';
import { useWorkspaceOrNull } from '../workspace/workspace.tsx';
import { QUEUES, type Queue } from './label-queries.ts';
import { LAST, type Rule, RuleEditor } from './RuleEditor.tsx';

type Fill = 'rules' | 'unknown' | 'failed' | 'ranked' | 'undecided' | 'none';

const EVERY_FAILURE: readonly Rule[] = [{ sample: 1 }];

/** Makes a queue or changes one: what it holds, how many people answer, and which failures its rules add. */
export function QueueDialog(props: {
  /** Null makes a new one. */
  readonly queue: Queue | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** @param id of the queue */
  readonly onSaved: (id: string) => void;
}): ReactNode {
  const { queue, isOpen, onClose, onSaved } = props;
  const { project, client: ask } = useAsking();
  const client = useQueryClient();
  const workspace = useWorkspaceOrNull();
  const id = useId();
  const [kind, setKind] = useState<Queue['kind']>(queue?.kind ?? 'traces');
  const [name, setName] = useState(queue?.name ?? '');
  const [annotators, setAnnotators] = useState(queue?.annotators ?? 1);
  const [isBlind, setBlind] = useState(queue?.blind ?? false);
  const [isClosed, setClosed] = useState(queue?.isClosed ?? false);
  const [rules, setRules] = useState<readonly Rule[]>(queue?.rules ?? EVERY_FAILURE);
  const [fill, setFill] = useState<Fill>('rules');
  const isOfTraces = kind === 'traces';

  const fills: readonly (readonly [value: Fill, text: string])[] = isOfTraces
    ? [
        ['rules', `what the rules take of the last ${LAST} failures`],
        ['failed', 'the newest 200 failures'],
        ['unknown', 'the newest 200 failures without a known cause'],
        ['none', 'nothing'],
      ]
    : [
        ['ranked', 'every ranked cause'],
        ['undecided', 'ranked causes that nobody has decided on'],
      ];
  const chosenFill = fills.some(([value]) => value === fill) ? fill : fills[0]?.[0];

  const content = () => {
    if (chosenFill === 'rules') return rules.length === 0 ? null : { byRules: true, limit: LAST };
    if (chosenFill === 'failed' || chosenFill === 'unknown') {
      const filter = {
        failed: 'true',
        ...(chosenFill === 'unknown' && { cause: 'none' }),
      } as const;
      return { filter, limit: 200 };
    }
    if (chosenFill === 'none' || workspace === null) return null;
    const subjects = workspace.model.data.analysis.clusters
      .filter(({ rank }) => rank !== null)
      .map((cluster) => cluster.id)
      .filter(
        (cause) =>
          chosenFill === 'ranked' || workspace.decisions.causes.get(cause)?.proposal === undefined,
      );
    return subjects.length === 0 ? null : { subjects };
  };

  const save = async (): Promise<void> => {
    const settings = { name: name.trim(), annotators, blind: isBlind };
    const own = isOfTraces ? [...rules] : [];
    try {
      if (queue === null) {
        const { queue: made } = await ask('POST /queues', {
          body: { ...settings, kind, rules: own },
        });
        const given = content();
        if (given !== null)
          await ask('POST /queues/{id}/items', { path: { id: made.id }, body: given });
        onSaved(made.id);
      } else {
        await ask('PATCH /queues/{id}', {
          path: { id: queue.id },
          body: { ...settings, rules: own, isClosed },
        });
        notify(`Changed ${settings.name}. Press u to undo`);
        onSaved(queue.id);
      }
    } catch (error) {
      notify(`${queue === null ? 'No queue was made' : 'Nothing was changed'}. ${reasonOf(error)}`);
    } finally {
      for (const part of [QUEUES, ACTIVITY])
        void client.invalidateQueries({ queryKey: [part, project] });
    }
  };

  return (
    <FormDialog
      title={queue === null ? 'New queue' : `Change ${queue.name}`}
      isOpen={isOpen}
      onClose={onClose}
      verb={queue === null ? 'Make the queue' : 'Save'}
      canSave={name.trim() !== ''}
      onSave={() => void save()}
    >
      <label htmlFor={`${id}name`}>Name</label>
      <input
        id={`${id}name`}
        className="field"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {queue === null && (
        <>
          <Segments
            label="What it holds"
            options={[
              { value: 'traces', text: 'Failed traces' },
              { value: 'causes', text: 'Causes' },
            ]}
            chosen={kind}
            onChoose={setKind}
          />
          <label htmlFor={`${id}fill`}>Begin with</label>
          <select
            id={`${id}fill`}
            className="field"
            value={chosenFill}
            onChange={(event) => setFill(event.target.value as Fill)}
          >
            {fills.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </>
      )}
      <label htmlFor={`${id}people`}>People per item</label>
      <select
        id={`${id}people`}
        className="field"
        value={annotators}
        onChange={(event) => setAnnotators(Number(event.target.value))}
      >
        <option value={1}>1</option>
        <option value={2}>2, to measure agreement</option>
        {[3, 4, 5].map((value) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </select>
      <label className="check">
        <input
          type="checkbox"
          checked={isBlind}
          onChange={(event) => setBlind(event.target.checked)}
        />{' '}
        Blind: no proposal and nothing of others until all have answered
      </label>
      {queue !== null && (
        <label className="check">
          <input
            type="checkbox"
            checked={isClosed}
            onChange={(event) => setClosed(event.target.checked)}
          />{' '}
          Closed: gives out and takes in nothing
        </label>
      )}
      {isOfTraces && (
        <>
          <h3>New failures that it takes</h3>
          <RuleEditor rules={rules} onRules={setRules} />
        </>
      )}
    </FormDialog>
  );
}
