import type { ReactNode } from 'react';
import { count, plural } from '../../../text/format.ts';
import { moment } from '../../../text/moments.ts';
import { focusNext } from '../../hooks/focus-next.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { ScrollTable } from '../../parts/ScrollTable.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { May } from '../access/Guard.tsx';
import { guardedKeys, useRefusal } from '../access/use-refusal.ts';
import { useAsking } from '../client/asking.ts';
import type { Screen } from '../screen.ts';
import { pathOf } from '../workspace/addresses.ts';
import { filterText } from './filter-text.ts';
import { ImportFiles } from './ImportFiles.tsx';
import { SessionState } from './SessionState.tsx';
import { type Session, useSessions } from './sessions-queries.ts';

/** Every session of the project, newest first, below the analysis that is kept current. */
function Sessions(): ReactNode {
  const { data } = useSessions();
  const { project } = useAsking();
  const { go } = useNavigation();
  const newPath = pathOf(project, '/sessions/new');
  useKeys({
    ...guardedKeys(useRefusal()('POST /sessions'), { n: () => go(newPath) }),
    ...((data?.length ?? 0) > 0 && {
      'j ArrowDown': () => focusNext('.sessions .link', 1),
      'k ArrowUp': () => focusNext('.sessions .link', -1),
    }),
  });
  const own = data?.filter(({ id }) => id !== 'rolling').length ?? 0;
  return (
    <>
      <h1 tabIndex={-1}>
        {data === undefined ? 'Sessions' : `${plural(own, 'session')} of error analysis`}
      </h1>
      <div className="actions">
        <May route="POST /sessions">
          <a className="button" data-main="" href={newPath} aria-keyshortcuts="n">
            New session <kbd>n</kbd>
          </a>
        </May>
        <May route="POST /imports">
          <ImportFiles />
        </May>
      </div>
      {data !== undefined && data.length > 0 && (
        <ScrollTable
          label="Sessions"
          columns={[
            'Session',
            'Traces',
            'State',
            { name: 'Looked at', isNumber: true },
            { name: 'Failed', isNumber: true },
            'Begun',
          ]}
          className="sessions"
        >
          {data.map((session) => (
            <Row key={session.id} session={session} project={project} />
          ))}
        </ScrollTable>
      )}
    </>
  );
}

function Row(props: { readonly session: Session; readonly project: string }): ReactNode {
  const { session, project } = props;
  const open = session.agenda.filter(({ isDone }) => !isDone).length;
  return (
    <tr>
      <th scope="row">
        <a className="link" href={pathOf(project, `/sessions/${session.id}`)} dir="auto">
          {session.name}
        </a>
        <span className="second">
          {[
            ...(session.parent === null ? [] : ['made from another']),
            ...(open > 0 ? [`${open} open on the agenda`] : []),
            ...session.people,
          ].join(', ')}
        </span>
      </th>
      <td dir="auto">{filterText(session.filter).join(', ')}</td>
      <td>
        <SessionState session={session} />
      </td>
      <td className="num">{session.traces === null ? '–' : count(session.traces)}</td>
      <td className="num">{session.failed === null ? '–' : count(session.failed)}</td>
      <td className="nowrap dim">{moment(Date.parse(session.created))}</td>
    </tr>
  );
}

export const sessionsScreen: Screen = {
  path: '/sessions',
  name: 'Sessions',
  icon: 'sessions',
  needsAnalysis: false,
  keys: [
    ['n', 'new session', 'POST /sessions'],
    ['j k', 'next, previous session'],
    ['Enter', 'open'],
    ['Esc', 'back'],
  ],
  view: Sessions,
};
