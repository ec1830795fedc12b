import type { ReactNode } from 'react';
import type {
  AttemptPlace,
  ReportedAttempt,
  ReportedAttempts,
  ReportedCase,
} from '../../../contract/eval-report.ts';
import { count, dollars, duration, plural } from '../../../text/format.ts';
import { Card } from '../../parts/Card.tsx';

/** What an attempt took and how it was made, and where its case comes from. */
export function AttemptFacts(props: {
  readonly own: ReportedCase;
  readonly attempts: ReportedAttempts;
  readonly attempt: ReportedAttempt | null;
  readonly place: AttemptPlace | null;
}): ReactNode {
  const { own, attempt, place } = props;
  const { trace, pick, proof, redaction } = own;
  return (
    <>
      {attempt !== null && place !== null && (
        <Card title={`Attempt ${place.at + 1}, right`}>
          <Facts facts={attemptFacts(attempt)} />
        </Card>
      )}
      <Card title="This case">
        <Facts
          facts={[
            ['From trace', trace],
            ...(pick === undefined ? [] : [['Chosen as', pick] as const]),
            ['Proof', PROOFS[proof]],
            ['Redaction', redaction],
          ]}
        />
      </Card>
    </>
  );
}

const PROOFS = {
  red: 'its recorded output fails the checks',
  green: 'its recorded output passes the checks',
  unproven: 'unproven',
} as const;

type Fact = readonly [name: string, value: string];

const Facts = (props: { readonly facts: readonly Fact[] }): ReactNode => (
  <dl className="facts-list">
    {props.facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

function attemptFacts({
  causes,
  usage,
  tries,
  isLive,
  replay,
  maybeChargedTwice,
}: ReportedAttempt): readonly Fact[] {
  const { tokens, dollars: cost, latencyMs } = usage;
  return [
    ...(causes.length > 0
      ? [
          [
            'Fails by',
            causes.map((each) => (each === 'fixed' ? 'this cause' : each)).join(', '),
          ] as const,
        ]
      : []),
    ['Took', duration(latencyMs)],
    ...(tokens === null ? [] : [['Tokens', count(tokens)] as const]),
    ...(cost === null ? [] : [['Cost', dollars(cost)] as const]),
    ...(tries > 1 ? [['Tries', `${tries}: the target was not reached before`] as const] : []),
    ['Tools', isLive ? 'ran' : replayText(replay)],
    ...(maybeChargedTwice ? [['Charged', 'perhaps twice: it was sent again'] as const] : []),
  ];
}

function replayText(replay: ReportedAttempt['replay']): string {
  if (replay === null) return 'replayed from the recording';
  const { unused, different, divergedAt } = replay;
  return [
    'replayed from the recording',
    ...(different > 0 ? [`${plural(different, 'call')} with other arguments`] : []),
    ...(unused > 0 ? [`${plural(unused, 'result')} not used`] : []),
    ...(divergedAt === null ? [] : [`ended at call ${divergedAt + 1}, which has no recording`]),
  ].join('; ');
}
