import type { Admitted, Workspace } from '../../store/workspace/workspace.ts';
import type { Access } from '../http/access.ts';

/** Something that was changed: what was done, to what, and what it was before and is now; null where it was not there. */
interface Change {
  readonly action: string;
  /** Id; '' for the project itself. */
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Records who changed what. */
export type Note = (
  access: Pick<Access, 'project' | 'by' | 'name'>,
  change: Change,
) => Promise<void>;

/** Records what a person did that belongs to no one project, such as a sign-in: in each project that they may see. */
export type NotePerson = (
  person: Admitted['person'],
  change: Pick<Change, 'action'> & Partial<Pick<Change, 'after'>>,
) => Promise<void>;

export const noteIn =
  ({ audit }: Pick<Workspace, 'audit'>, clock: () => number): Note =>
  ({ project, by, name }, change) =>
    audit.add({ project, by, name, at: clock(), ...change });

export const notePersonIn =
  ({ people, projects }: Pick<Workspace, 'people' | 'projects'>, note: Note): NotePerson =>
  async (person, { action, after = null }) => {
    const { id, name, isOwner } = person;
    const seen = isOwner
      ? (await projects()).map((each) => each.id)
      : (await people.memberships(id)).map(({ project }) => project);
    for (const project of seen)
      await note({ project, by: id, name }, { action, subject: id, before: null, after });
  };

/** Records which projects somebody joined by proving their email address. */
export async function noteJoined(
  note: Note,
  { id, name, email }: Admitted['person'],
  joined: Admitted['joined'],
): Promise<void> {
  for (const { project, role } of joined)
    await note(
      { project, by: id, name },
      { action: 'person.join', subject: id, before: null, after: { email, role } },
    );
}
