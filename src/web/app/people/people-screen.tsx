import type { ReactNode } from 'react';
import { Empty } from '../../parts/Empty.tsx';
import { useSignIn } from '../access/use-sign-in.ts';
import { useAsking } from '../client/asking.ts';
import type { Screen } from '../screen.ts';
import { pathOf } from '../workspace/addresses.ts';
import { Keys } from './Keys.tsx';
import { Members } from './Members.tsx';
import { Password } from './Password.tsx';
import { SignIns } from './SignIns.tsx';

/** Who takes part in the project, and where the person is signed in. */
function People(): ReactNode {
  const { project } = useAsking();
  const { data } = useSignIn();
  const mine = data?.projects.find(({ id }) => id === project);
  return (
    <>
      <h1 tabIndex={-1}>Who takes part</h1>
      {data?.isOn === false && (
        <Empty title="Nobody signs in here">
          <p>
            Whoever reaches this server may do everything. To add people with roles, start it with{' '}
            <code className="nowrap">culprit serve --auth</code>.
          </p>
        </Empty>
      )}
      {data?.isOn === true && data.person === null && (
        <p>You are here with a key. Sign in to see people.</p>
      )}
      {data?.person != null && (
        <>
          <p className="lead-worth">
            You are <b dir="auto">{data.person.name}</b>, {data.person.email}:{' '}
            {data.person.isOwner ? 'the owner, who may do everything in every project' : mine?.role}
            .{' '}
            {mine?.role === 'admin' ? (
              <>
                The{' '}
                <a className="link" href={pathOf(project, '/audit')}>
                  audit log
                </a>{' '}
                has sign-ins, people, keys, settings, deletions and exports.
              </>
            ) : (
              'Admins of the project see and change who takes part.'
            )}
          </p>
          <div className="stack people">
            {mine?.role === 'admin' && (
              <>
                <Members />
                <Keys />
              </>
            )}
            {data.person.hasPassword && <Password />}
            <SignIns />
          </div>
        </>
      )}
    </>
  );
}

export const peopleScreen: Screen = {
  path: '/people',
  name: 'People',
  icon: 'people',
  needsAnalysis: false,
  keys: [],
  view: People,
};
