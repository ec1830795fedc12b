import type { ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Guard } from '../access/Guard.tsx';
import { useAsking } from '../client/asking.ts';
import { useSuites } from '../verify/verify-queries.ts';
import { pathOf } from '../workspace/addresses.ts';
import { WRITE_SUITE } from './promote-link.ts';

/** The suite that keeps a cause fixed, or the way to one. */
export function KeepFixed(props: {
  readonly cause: string;
  readonly onPromote: () => void;
}): ReactNode {
  const { cause, onPromote } = props;
  const { project } = useAsking();
  const { data } = useSuites();
  const suite = data?.items.find((each) => each.cause.id === cause);
  return (
    <div className="keep-fixed">
      <span className="paste-label">Keep it fixed</span>
      <span className="keep-fixed-text">
        {suite === undefined ? (
          <span className="dim">
            guards, controls and held-out cases that <code>culprit eval</code> runs
          </span>
        ) : (
          <>
            <a className="link" href={pathOf(project, '/verify')}>
              {suite.file}
            </a>{' '}
            <span className="dim">
              {suite.guards} guards, {suite.controls} controls, {suite.slice} held out
            </span>
          </>
        )}
      </span>
      <Guard route={WRITE_SUITE}>
        <Button shortcut="p" onPress={onPromote}>
          {suite === undefined ? 'Promote to suite' : 'Promote more'}
        </Button>
      </Guard>
    </div>
  );
}
