import type { GuardedDatabase, Transaction } from '../guarded-database.ts';
import { and, asc, desc, eq, gt, sql } from '../packages.ts';
import type { Invitation, NewPerson, People, Person } from './people.ts';
import { accounts, invitations, members, people } from './schema.ts';

/** Held while the first person is added. Any number; this one is ours. */
const LOCK = 7119;

export function postgresPeople(database: GuardedDatabase): People {
  return {
    count: () => database.run((db) => db.$count(people)),
    async person(id) {
      const [row] = await database.run((db) => db.select().from(people).where(eq(people.id, id)));
      return row === undefined ? null : personOf(row);
    },
    async personWithEmail(email) {
      const [row] = await database.run((db) =>
        db.select().from(people).where(eq(people.email, email.toLowerCase())),
      );
      return row === undefined ? null : personOf(row);
    },
    addOwner: (person) =>
      database.transaction(async (db) => {
        await db.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
        if ((await db.$count(people)) > 0) return false;
        await addPerson(db, person, true);
        return true;
      }),
    async members(project) {
      const rows = await database.run((db) =>
        db
          .select()
          .from(members)
          .innerJoin(people, eq(people.id, members.person))
          .where(eq(members.project, project))
          .orderBy(asc(people.name), asc(people.id)),
      );
      return rows.map(({ people: person, members: { role, since } }) => ({
        ...personOf(person),
        ...{ role, since },
      }));
    },
    memberships: (person) =>
      database.run((db) =>
        db
          .select({ project: members.project, role: members.role })
          .from(members)
          .where(eq(members.person, person))
          .orderBy(asc(members.since), asc(members.project)),
      ),
    async join(project, person, role, now) {
      await database.run((db) => joined(db, { project, person, role, since: now }));
    },
    async changeRole(project, person, role) {
      const rows = await database.run((db) =>
        db.update(members).set({ role }).where(isMember(project, person)).returning(),
      );
      return rows.length > 0;
    },
    async removeMember(project, person) {
      const rows = await database.run((db) =>
        db.delete(members).where(isMember(project, person)).returning(),
      );
      return rows.length > 0;
    },
    async invite(invitation, hash) {
      await database.run((db) => db.insert(invitations).values({ ...invitation, hash }));
    },
    async invitations(project, now) {
      const rows = await database.run((db) =>
        db
          .select()
          .from(invitations)
          .where(and(eq(invitations.project, project), gt(invitations.expires, now)))
          .orderBy(desc(invitations.created), asc(invitations.id)),
      );
      return rows.map(invitationOf);
    },
    async withdraw(project, id) {
      const rows = await database.run((db) =>
        db
          .delete(invitations)
          .where(and(eq(invitations.project, project), eq(invitations.id, id)))
          .returning(),
      );
      return rows.length > 0;
    },
    async invitation(hash, now) {
      const [row] = await database.run((db) =>
        db.select().from(invitations).where(isOpen(hash, now)),
      );
      return row === undefined ? null : invitationOf(row);
    },
    accept: (hash, given, now) =>
      database.transaction(async (db) => {
        // Whoever deletes it has used it.
        const [invitation] = await db.delete(invitations).where(isOpen(hash, now)).returning();
        if (invitation === undefined) return null;
        const { project, role, email } = invitation;
        const [known] = await db.select().from(people).where(eq(people.email, email));
        const person = known ?? (await addPerson(db, { ...given, email }, false));
        await joined(db, { project, role, person: person.id, since: now });
        return personOf(person);
      }),
  };
}

const joined = (
  db: Pick<Transaction, 'insert'>,
  member: typeof members.$inferInsert,
): Promise<unknown> =>
  db
    .insert(members)
    .values(member)
    .onConflictDoUpdate({
      target: [members.project, members.person],
      set: { role: member.role },
    });

async function addPerson(
  db: Transaction,
  { id, name, email, password, created }: NewPerson,
  isOwner: boolean,
): Promise<typeof people.$inferSelect> {
  const at = { createdAt: new Date(created), updatedAt: new Date(created) };
  const [row] = await db
    .insert(people)
    .values({ id, name, email: email.toLowerCase(), emailVerified: true, isOwner, ...at })
    .returning();
  if (password !== null)
    await db
      .insert(accounts)
      .values({ id, accountId: id, userId: id, providerId: 'credential', password, ...at });
  return row!;
}

const isMember = (project: string, person: string) =>
  and(eq(members.project, project), eq(members.person, person));

const isOpen = (hash: string, now: number) =>
  and(eq(invitations.hash, hash), gt(invitations.expires, now));

const personOf = ({ id, name, email, isOwner }: typeof people.$inferSelect): Person => ({
  ...{ id, name, email, isOwner },
});

const invitationOf = ({ hash: _, ...rest }: typeof invitations.$inferSelect): Invitation => rest;
