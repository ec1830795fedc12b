import type { Alert } from '../../contract/alert.ts';
import type { Sessions } from '../sessions/sessions.ts';

/** Milliseconds before an alert that its session looks at: the longer window of a watcher. */
const WINDOW = 6 * 3_600_000;

/** Begins the session about an incident; once, however often it is asked for. */
export async function incidentSession(
  { project, incident, headline, at, since, causes }: Alert,
  sessions: Pick<Sessions, 'create'>,
): Promise<void> {
  const asked = [headline, ...causes.map(({ title }) => `Look at: ${title}`)];
  await sessions.create(project, {
    ...{ id: `incident-${incident}`.slice(0, 100), by: '', parent: null, people: [], notes: '' },
    name: headline.slice(0, 200),
    filter: {
      from: new Date(since - WINDOW).toISOString(),
      to: new Date(at).toISOString(),
    },
    options: {},
    agenda: asked.map((text) => ({ text: text.slice(0, 500), isDone: false })),
  });
}
