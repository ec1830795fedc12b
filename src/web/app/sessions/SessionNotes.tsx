import { type ReactNode, useEffect, useState } from 'react';
import { plural } from '../../../text/format.ts';
import { Card } from '../../parts/Card.tsx';
import { Guard } from '../access/Guard.tsx';
import { useRefusal } from '../access/use-refusal.ts';
import { reasonOf, useAsking } from '../client/asking.ts';
import { pathOf, type ScreenPath } from '../workspace/addresses.ts';
import { type Session, useSessionActions } from './sessions-queries.ts';

const NOTE = 'PATCH /sessions/{id}';
const MINUTE = 60_000;

/** Agenda, people and notes, saved as they are changed; the time that the page is in sight counts as spent. */
export function SessionNotes(props: { readonly session: Session }): ReactNode {
  const { session } = props;
  const { project } = useAsking();
  const { note } = useSessionActions(session.id);
  const [item, setItem] = useState('');
  const { mutate } = note;
  const refusal = useRefusal()(NOTE);
  useEffect(() => {
    if (refusal !== null) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') mutate({ addMinutes: 1 });
    }, MINUTE);
    return () => clearInterval(timer);
  }, [mutate, refusal]);
  const { agenda } = session;
  const add = (): void => {
    if (item.trim() === '') return;
    mutate({ agenda: [...agenda, { text: item.trim(), isDone: false }] });
    setItem('');
  };
  return (
    <Card
      title="Agenda and notes"
      aside={<span className="dim small">{plural(session.minutes, 'minute')} spent</span>}
    >
      <Guard route={NOTE} says>
        <div className="session-notes">
          <ul className="agenda">
            {agenda.map(({ text, isDone, link }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: items have no other name
              <li key={at}>
                <label>
                  <input
                    type="checkbox"
                    checked={isDone}
                    onChange={() =>
                      mutate({
                        agenda: agenda.map((each, i) =>
                          i === at ? { ...each, isDone: !isDone } : each,
                        ),
                      })
                    }
                  />{' '}
                  <span dir="auto">{text}</span>
                </label>
                {link !== undefined && (
                  <>
                    {' '}
                    <a className="link" href={pathOf(project, link as ScreenPath)}>
                      Go<span className="hidden"> to: {text}</span>
                    </a>
                  </>
                )}
              </li>
            ))}
            <li>
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  add();
                }}
              >
                <input
                  className="field"
                  aria-label="Add to the agenda"
                  placeholder="Add to the agenda"
                  maxLength={500}
                  value={item}
                  onChange={(event) => setItem(event.target.value)}
                />
              </form>
            </li>
          </ul>
          <label>
            <span>People, with commas</span>
            <input
              className="field"
              defaultValue={session.people.join(', ')}
              onBlur={({ target: { value } }) => {
                const people = value
                  .split(',')
                  .map((name) => name.trim())
                  .filter(Boolean);
                if (people.join() !== session.people.join()) mutate({ people });
              }}
            />
          </label>
          <label>
            <span>Notes</span>
            <textarea
              className="field"
              rows={5}
              defaultValue={session.notes}
              onBlur={({ target: { value } }) => {
                if (value !== session.notes) mutate({ notes: value });
              }}
            />
          </label>
        </div>
      </Guard>
      {note.error !== null && (
        <p className="fail-text" role="alert">
          Not saved: {reasonOf(note.error)}
        </p>
      )}
    </Card>
  );
}
