import { useParams, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { duration, plural } from '../../../text/format.ts';
import { Button } from '../../parts/Button.tsx';
import { Choice } from '../../parts/Choice.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { Guard } from '../access/Guard.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import type { Screen } from '../screen.ts';
import { pathOf } from '../workspace/addresses.ts';
import { filterText } from './filter-text.ts';
import { SessionNotes } from './SessionNotes.tsx';
import { SessionResult } from './SessionResult.tsx';
import { SessionState, stepText } from './SessionState.tsx';
import { Steps } from './Steps.tsx';
import { saveAnswer } from './save-answer.ts';
import {
  isOpen,
  type Session,
  useResult,
  useSession,
  useSessionActions,
  useSessions,
} from './sessions-queries.ts';

/** A session: where it is, then what it found, beside what people note down. */
function SessionPage(): ReactNode {
  const { session: id = '' } = useParams({ strict: false }) as { readonly session?: string };
  const { data: session, error } = useSession(id);
  const result = useResult(session);
  const isHome = useIsHome(id);
  if (session === undefined)
    return <h1 tabIndex={-1}>{error === null ? 'One moment' : reasonOf(error)}</h1>;
  return (
    <>
      {isHome && (
        <header className="session-head">
          <p className="session-name" dir="auto">
            <bdi>{session.name}</bdi> <SessionState session={session} />
          </p>
          <p className="dim small" dir="auto">
            {[
              ...(session.traces === null ? [] : [plural(session.traces, 'trace')]),
              ...filterText(session.filter),
              ...changedOptions(session),
            ].join(', ')}
          </p>
          <Actions key={session.id} session={session} />
        </header>
      )}
      {isOpen(session) && result.data === undefined && (
        <>
          <h1 tabIndex={-1}>
            {session.state === 'waiting'
              ? 'This session waits for another one'
              : `This session is ${stepText(session)}`}
          </h1>
          <Steps work={session} />
        </>
      )}
      {session.state === 'failed' && (
        <>
          <h1 tabIndex={-1}>This session has no result</h1>
          <p className="fail-text" role="alert">
            {session.error?.message}
          </p>
        </>
      )}
      {session.state === 'cancelled' && <h1 tabIndex={-1}>This session was cancelled</h1>}
      {result.error !== null && (
        <p className="fail-text" role="alert">
          {reasonOf(result.error)}
        </p>
      )}
      {result.data !== undefined && <SessionResult report={result.data} id={id} />}
      {isHome && session.id !== 'rolling' && <SessionNotes key={session.id} session={session} />}
    </>
  );
}

/** Whether the address is the session itself, not a part of its result. */
function useIsHome(id: string): boolean {
  const { project } = useAsking();
  const { pathname } = useRouterState({ select: (state) => state.location });
  return pathname.replace(/\/$/, '') === pathOf(project, `/sessions/${id}`);
}

function Actions(props: { readonly session: Session }): ReactNode {
  const { session } = props;
  const { project } = useAsking();
  const { go } = useNavigation();
  const { cancel, rerun, remove } = useSessionActions(session.id);
  const { data: all } = useSessions();
  const failed = cancel.error ?? rerun.error ?? remove.error;
  const others = all?.filter(({ id, state }) => id !== session.id && state === 'done') ?? [];
  const file = (form: string): string => `/api/v1/sessions/${session.id}/${form}`;
  const isDone = session.state === 'done';
  return (
    <div className="actions">
      {isOpen(session) && session.id !== 'rolling' && (
        <Guard route="POST /sessions/{id}/cancel">
          <Button onPress={() => cancel.mutate()}>Cancel</Button>
        </Guard>
      )}
      {!isOpen(session) && (
        <Guard route="POST /sessions/{id}/rerun">
          <Button
            onPress={() =>
              rerun.mutate({}, { onSuccess: ({ id }) => go(pathOf(project, `/sessions/${id}`)) })
            }
          >
            Run again beside
          </Button>
        </Guard>
      )}
      {isDone && others.length > 0 && (
        <Choice
          label="Compare with"
          options={others.map(({ id: value, name: text }) => ({ value, text }))}
          chosen={null}
          onChoose={(other) => go(pathOf(project, `/sessions/${other}/compare/${session.id}`))}
        />
      )}
      {isDone && <Exports file={file} name={session.name} />}
      {session.id !== 'rolling' && !isOpen(session) && (
        <Guard route="DELETE /sessions/{id}">
          <Button
            onPress={() =>
              remove.mutate(undefined, { onSuccess: () => go(pathOf(project, '/sessions')) })
            }
          >
            Delete
          </Button>
        </Guard>
      )}
      {failed !== null && (
        <span className="fail-text" role="alert">
          {reasonOf(failed)}
        </span>
      )}
    </div>
  );
}

const FORMS = [
  ['report', 'HTML', 'html'],
  ['markdown', 'Markdown', 'md'],
  ['json', 'JSON', 'json'],
  ['traces', 'Traces', 'jsonl'],
] as const;

/** The result as files, asked for with the project and the key of the page. */
function Exports(props: {
  readonly file: (form: string) => string;
  readonly name: string;
}): ReactNode {
  const { file, name } = props;
  const { project } = useAsking();
  return (
    <fieldset className="segments" aria-label="Export">
      {FORMS.map(([form, text, ending]) => (
        <button
          key={form}
          type="button"
          title={`Save as ${text}`}
          onClick={() => void saveAnswer(file(form), project, `${name}.${ending}`)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}

/** Options that are not at their defaults, in words. */
function changedOptions({ options, started, ended }: Session): readonly string[] {
  const said = Object.entries({
    seed: 42,
    sample: 1000,
    algorithm: 'hdbscan',
    granularity: 'medium',
    embedder: 'static',
    clusters: null,
    minClusterSize: null,
  }).flatMap(([name, usual]) => {
    const value = options[name];
    return value === undefined || value === usual ? [] : [`${name} ${String(value)}`];
  });
  const took = started === null || ended === null ? null : Date.parse(ended) - Date.parse(started);
  return [...said, ...(took === null || took === 0 ? [] : [`took ${duration(took)}`])];
}

const screen = (path: Screen['path']): Screen => ({
  path,
  name: 'Session',
  icon: null,
  needsAnalysis: false,
  keys: [
    ['j k', 'next, previous'],
    ['Enter', 'open'],
    ['[ ]', 'other levels, other examples'],
    ['e', 'next evidence'],
    ['d', 'decide in the project'],
    ['y', 'copy'],
    ['f', 'copy prompt'],
    ['← → ↑ ↓', 'move'],
    ['+ -', 'zoom'],
    ['l', 'lasso'],
    ['Esc', 'back'],
  ],
  view: SessionPage,
});

/** The session, and the parts of its result. */
export const sessionScreens: readonly Screen[] = [
  screen('/sessions/$session'),
  screen('/sessions/$session/$part'),
  screen('/sessions/$session/$part/$id'),
];
