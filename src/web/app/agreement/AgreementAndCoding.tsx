import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { decimal, percent, plural } from '../../../text/format.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import { AgreementCard, SaturationCard } from '../label/AgreementCards.tsx';
import {
  type AgreementNow,
  QUEUES,
  useAgreement,
  useQueues,
  useTaxonomy,
} from '../label/label-queries.ts';
import { CodesCard } from './CodesCard.tsx';
import { Disagreement } from './Disagreement.tsx';
import '../label/label.css';

/** How well people agree, what coding still finds, where they disagree, and how judges compare with them. */
export function AgreementAndCoding(): ReactNode {
  const { data: queues } = useQueues();
  const [queue, setQueue] = useState('');
  const { data: now, error } = useAgreement(queue === '' ? null : queue);
  const { data: tree } = useTaxonomy();
  const shared = (queues ?? []).filter(({ annotators }) => annotators > 1);
  if (now === undefined)
    return <h1 tabIndex={-1}>{error === null ? 'Agreement' : `${reasonOf(error)}.`}</h1>;
  return (
    <>
      <div className="page-head">
        <h1 tabIndex={-1}>{headline(now)}</h1>
        <span className="page-head-end">
          <select
            className="field"
            aria-label="Labels of"
            value={queue}
            onChange={(event) => setQueue(event.target.value)}
          >
            <option value="">all labels</option>
            {(queues ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </span>
      </div>
      <div className="agreement-parts">
        <div className="label-figures">
          <AgreementCard now={now} />
          <SaturationCard now={now} />
          <Proposals now={now} />
          <Pairs now={now} />
        </div>
        <CodesCard groups={now.codes} categories={tree?.taxonomy.categories ?? []} />
        <Judges now={now} />
      </div>
      <h2 className="sources-send">Disagreements</h2>
      {shared.length === 0 && (
        <Empty title="No queue asks two people">
          <p>Make a queue with two people per item: where they differ, it shows here.</p>
        </Empty>
      )}
      {shared
        .filter(({ id }) => queue === '' || id === queue)
        .map(({ id, name }) => (
          <Disagreements key={id} id={id} name={name} />
        ))}
    </>
  );
}

function headline({ agreement, labels, people }: AgreementNow): string {
  const given = `${plural(labels, 'label')} by ${plural(people, 'person', 'people')}`;
  switch (agreement.standing) {
    case 'may_gate':
      return `People agree: ${given}`;
    case 'trend':
      return `People agree in part: ${given}`;
    case 'faulty':
      return `People read the definitions differently: ${given}`;
    default:
      return given;
  }
}

const FATES = [
  ['accepted', 'Accepted'],
  ['edited', 'Edited'],
  ['rejected', 'Rejected'],
] as const;

function Proposals({ now }: { readonly now: AgreementNow }): ReactNode {
  const { labels, causes } = now.proposals;
  const share = (of: number, all: number): string =>
    all === 0 ? '–' : `${percent(of / all)} (${of})`;
  const minutes = (value: number | null): string => (value === null ? '–' : decimal(value, 1));
  return (
    <Card title="Proposals" aside={`${labels.decided + causes.decided} decided`}>
      <table className="table label-table">
        <thead>
          <tr>
            <th scope="col">
              <span className="hidden">What became of it</span>
            </th>
            <th scope="col" className="num">
              Labels
            </th>
            <th scope="col" className="num">
              Causes
            </th>
          </tr>
        </thead>
        <tbody>
          {FATES.map(([fate, name]) => (
            <tr key={fate}>
              <th scope="row">{name}</th>
              <td className="num">{share(labels[fate], labels.decided)}</td>
              <td className="num">{share(causes[fate], causes.decided)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">Minutes per decision</th>
            <td className="num">{minutes(labels.minutes)}</td>
            <td className="num">{minutes(causes.minutes)}</td>
          </tr>
        </tbody>
      </table>
    </Card>
  );
}

function Pairs({ now }: { readonly now: AgreementNow }): ReactNode {
  const { pairs, prevalence } = now.agreement;
  return (
    <Card title="Answers" aside="on items answered twice">
      <dl className="pairs">
        {prevalence.slice(0, 6).map(({ category, share }) => (
          <div key={category}>
            <dt>{category.replaceAll('_', ' ')}</dt>
            <dd>{percent(share)}</dd>
          </div>
        ))}
        {pairs.map(({ people, kappa, items }) => (
          <div key={people.join(' ')}>
            <dt dir="auto">{people.join(' and ')}</dt>
            <dd>
              Cohen’s κ {decimal(kappa)} <span className="dim">{plural(items, 'item')}</span>
            </dd>
          </div>
        ))}
      </dl>
      {prevalence.length === 0 && <p>No item was answered twice yet.</p>}
    </Card>
  );
}

function Judges({ now }: { readonly now: AgreementNow }): ReactNode {
  if (now.judges.length === 0) return null;
  return (
    <Card title="People beside judges" aside={plural(now.judges.length, 'score')} flush>
      <ScrollTable
        label="Judges"
        columns={[
          'Score',
          { name: 'Traces', isNumber: true },
          { name: 'Found', isNumber: true },
          { name: 'Missed', isNumber: true },
          { name: 'False alarms', isNumber: true },
          { name: 'Same as people', isNumber: true },
        ]}
        className="label-table"
      >
        {now.judges.map(({ name, threshold, traces, found, missed, falseAlarms, ...judge }) => (
          <tr key={name}>
            <td>
              {name}
              <span className="second">fails below {threshold}</span>
            </td>
            <td className="num">{traces}</td>
            <td className="num">{found}</td>
            <td className="num">{missed}</td>
            <td className="num">{falseAlarms}</td>
            <td className="num">
              {judge.same === null ? '–' : percent(judge.same)}
              <span className="second">κ {decimal(judge.kappa)}</span>
            </td>
          </tr>
        ))}
      </ScrollTable>
    </Card>
  );
}

function Disagreements(props: { readonly id: string; readonly name: string }): ReactNode {
  const { id, name } = props;
  const { project, client } = useAsking();
  const { data } = useQuery({
    queryKey: [QUEUES, project, id, 'disagreements'],
    queryFn: async () => (await client('GET /queues/{id}/disagreements', { path: { id } })).items,
  });
  const { data: tree } = useTaxonomy();
  if (data === undefined) return null;
  return (
    <Card title={name} aside={plural(data.length, 'disagreement')} flush>
      {data.length === 0 && <p className="card-note">People agree on every item that is done.</p>}
      {data.map((each) => (
        <Disagreement
          key={each.item.id}
          disagreement={each}
          categories={tree?.taxonomy.categories ?? []}
        />
      ))}
    </Card>
  );
}
