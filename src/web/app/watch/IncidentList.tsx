import type { ReactNode } from 'react';
import { duration } from '../../../text/format.ts';
import { exactMoment } from '../../../text/moments.ts';
import { copy } from '../../hooks/copy.ts';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { PasteLine } from '../../parts/PasteLine.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { useAsking } from '../client/asking.ts';
import { pathOf } from '../workspace/addresses.ts';
import type { Incident } from './use-watch.ts';
import { valueText } from './watched-text.ts';

/** Incidents, each with its causes, traces and what to do next. */
export function IncidentList(props: {
  readonly title: string;
  readonly incidents: readonly Incident[];
}): ReactNode {
  return (
    <section className="incidents" aria-label={props.title}>
      <h2>{props.title}</h2>
      {props.incidents.map((incident) => (
        <IncidentCard key={incident.id} incident={incident} />
      ))}
    </section>
  );
}

const ENDS = { resolved: 'resolved', unresolved: 'closed unresolved' } as const;

function IncidentCard(props: { readonly incident: Incident }): ReactNode {
  const { alert, start, ended, end } = props.incident;
  const { headline, causes, traces, owner, next, unexplained, watcher } = alert;
  const { address, href } = useNavigation();
  const { project } = useAsking();
  const change = (value: number): string =>
    `${value > 0 ? '+' : '−'}${valueText(watcher.of.kind, Math.abs(value))}`;
  const lasted = ended === null ? null : duration(Date.parse(ended) - Date.parse(start));
  return (
    <Card
      title={<span dir="auto">{headline}</span>}
      aside={
        <Tag kind={end === null ? 'fail' : end === 'resolved' ? 'pass' : 'unsure'}>
          {end === null ? 'open' : ENDS[end]}
        </Tag>
      }
    >
      <p className="dim small">
        Since {exactMoment(Date.parse(start))}
        {lasted !== null && `, for ${lasted}`}
        {owner !== '' && `. Owner: ${owner}`}
      </p>
      {causes.length > 0 && (
        <ul className="incident-causes">
          {causes.map(({ id, title, change: by }) => (
            <li key={id}>
              <a className="link" href={href({ ...address, route: { kind: 'cluster', id } })}>
                <Coded text={title} />
              </a>
              {by !== null && <span className="dim"> {change(by)} of the mean</span>}
            </li>
          ))}
          {unexplained !== null && <li className="dim">Unexplained: {change(unexplained)}</li>}
        </ul>
      )}
      {traces.length > 0 && (
        <p className="small">
          Such as{' '}
          {traces.map((id, at) => (
            <span key={id}>
              {at > 0 && ', '}
              <a className="link" href={href({ ...address, route: { kind: 'trace', id } })}>
                trace {id.slice(0, 12)}
              </a>
            </span>
          ))}
        </p>
      )}
      {watcher.of.kind === 'versions' && (
        <p className="small">
          <a className="link" href={pathOf(project, '/versions')}>
            What the new versions changed
          </a>
        </p>
      )}
      {end === null && (
        <PasteLine label="Go on" line={next} shortcut="" onCopy={() => copy(next, 'Copied')} />
      )}
    </Card>
  );
}
