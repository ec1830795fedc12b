import type { ReactNode } from 'react';
import { Tag } from '../../parts/Tag.tsx';
import type { Session } from './sessions-queries.ts';

const STEPS: Readonly<Record<string, string>> = {
  collect: 'reading traces',
  detect: 'looking for failures',
  embed: 'comparing failures',
  group: 'grouping',
  label: 'naming causes',
};

/** Where an analysis of the server stands. */
export interface Work {
  readonly state: Session['state'];
  readonly progress: {
    readonly step: string;
    readonly done?: number;
    readonly total?: number | null;
  } | null;
}

/** The step that an analysis is at, in words. */
export const stepText = ({ state, progress }: Work): string =>
  state === 'waiting' ? 'waiting' : (STEPS[progress?.step ?? ''] ?? 'starting');

/** Where a session is, as one word. */
export function SessionState(props: { readonly session: Session }): ReactNode {
  const { session } = props;
  switch (session.state) {
    case 'waiting':
    case 'running':
      return <Tag kind="new">{stepText(session)}</Tag>;
    case 'done':
      return <Tag kind="pass">done</Tag>;
    case 'failed':
      return (
        <Tag kind="fail" {...(session.error !== null && { title: session.error.message })}>
          failed
        </Tag>
      );
    case 'cancelled':
      return <Tag kind="unsure">cancelled</Tag>;
  }
}
