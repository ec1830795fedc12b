import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import type { Triage } from '../../../contract/person-label.ts';
import { notify } from '../../hooks/notice.ts';
import { Guard } from '../access/Guard.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import { ACTIVITY, type Answer } from '../client/queries.ts';
import { type Category, LABELING } from '../label/label-queries.ts';
import { pathOf } from '../workspace/addresses.ts';

const TRIAGES: Readonly<Record<Triage, string>> = {
  genuine: 'Real failure',
  bad_item: 'Bad item',
  harness_error: 'Setup error',
  label_problem: 'Wrong label',
};

/** What people said differently of one item, without their names, and how it is settled. */
export function Disagreement(props: {
  readonly disagreement: Answer<'GET /queues/{id}/disagreements'>['items'][number];
  readonly categories: readonly Category[];
}): ReactNode {
  const { disagreement, categories } = props;
  const { item, answers, settled } = disagreement;
  const { project, client: ask } = useAsking();
  const client = useQueryClient();
  const form = useId();
  const [said, setSaid] = useState('');
  const [reason, setReason] = useState('');
  const nameOf = (triage: Triage, category: string | null): string =>
    triage === 'genuine'
      ? (categories.find(({ id }) => id === category)?.name ?? category ?? 'no category')
      : TRIAGES[triage];

  const settle = async (): Promise<void> => {
    const isTriage = Object.hasOwn(TRIAGES, said);
    try {
      await ask('POST /items/{id}/settle', {
        path: { id: item.id },
        body: {
          triage: isTriage ? (said as Triage) : 'genuine',
          category: isTriage ? null : said,
          note: reason.trim(),
        },
      });
      notify('Settled. Press u to undo');
      for (const kind of [...LABELING, ACTIVITY])
        void client.invalidateQueries({ queryKey: [kind, project] });
    } catch (error) {
      notify(`Not settled. ${reasonOf(error)}`);
    }
  };
  const where = item.kind === 'traces' ? 'traces' : 'causes';
  return (
    <article className="disagreement" aria-label={item.title}>
      <a
        className="link"
        dir="auto"
        href={pathOf(project, `/${where}/${encodeURIComponent(item.subject.toWellFormed())}`)}
      >
        {item.title}
      </a>
      {answers.map(({ name, triage, category, note }) => (
        <blockquote key={name} dir="auto">
          <b>{name}</b> {nameOf(triage, category)}
          {note !== '' && <span className="second">{note}</span>}
        </blockquote>
      ))}
      {settled === null ? (
        <Guard route="POST /items/{id}/settle" says>
          <form
            className="actions"
            onSubmit={(event) => {
              event.preventDefault();
              void settle();
            }}
          >
            <label className="hidden" htmlFor={`${form}said`}>
              What holds
            </label>
            <select
              id={`${form}said`}
              className="field"
              required
              value={said}
              onChange={(event) => setSaid(event.target.value)}
            >
              <option value="" disabled>
                What holds …
              </option>
              {categories.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
              {Object.entries(TRIAGES)
                .filter(([triage]) => triage !== 'genuine')
                .map(([triage, name]) => (
                  <option key={triage} value={triage}>
                    {name}
                  </option>
                ))}
            </select>
            <label className="hidden" htmlFor={`${form}reason`}>
              Reason
            </label>
            <input
              id={`${form}reason`}
              className="field"
              required
              maxLength={2000}
              placeholder="Why"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <button type="submit" className="button">
              Settle
            </button>
          </form>
        </Guard>
      ) : (
        <p>
          Settled: <b>{nameOf(settled.triage, settled.category)}</b>{' '}
          <span className="dim" dir="auto">
            {settled.note}
          </span>
        </p>
      )}
    </article>
  );
}
