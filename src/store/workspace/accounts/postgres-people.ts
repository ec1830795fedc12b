import type { GuardedDatabase, Transaction } from '../guarded-database.ts';
import { and, asc, desc, eq, gt, sql } from '../packages.ts';
import type { Invitation, NewPerson, People, Person } from './people.ts';
import type { Role } from './role.ts';
import { accounts, invitations, members, passwordResets, people, signIns } from './schema.ts';

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
    admit: ({ person: given, joins }, now) =>
      database.transaction(async (db) => {
        const email = given.email.toLowerCase();
        const [owner] = await db.select().from(people).where(eq(people.isOwner, true)).limit(1);
        if (owner === undefined) return null;
        const isInvited = and(eq(invitations.email, email), gt(invitations.expires, now));
        const taken = await db.delete(invitations).where(isInvited).returning();
        const [known] = await db.select().from(people).where(eq(people.email, email));
        const roles = new Map<string, Role>(taken.map(({ project, role }) => [project, role]));
        if (known === undefined)
          for (const project of joins) if (!roles.has(project)) roles.set(project, 'viewer');
        if (known === undefined && roles.size === 0) return null;
        const person = known ?? (await addPerson(db, given, false));
        for (const [project, role] of roles)
          await joined(db, { project, role, person: person.id, since: now });
        const projects = [...roles].map(([project, role]) => ({ project, role }));
        return { person: personOf(person), joined: projects };
      }),
    async hasPassword(person) {
      const rows = await database.run((db) => db.select().from(accounts).where(isPassword(person)));
      return rows.length > 0;
    },
    async allowReset({ person, ...reset }, hash) {
      await database.run((db) =>
        db
          .insert(passwordResets)
          .values({ person, ...reset, hash })
          .onConflictDoUpdate({ target: passwordResets.person, set: { ...reset, hash } }),
      );
    },
    async hasReset(hash, now) {
      const rows = await database.run((db) =>
        db.select().from(passwordResets).where(isOpenReset(hash, now)),
      );
      return rows.length > 0;
    },
    resetPassword: (hash, { id, password }, now) =>
      database.transaction(async (db) => {
        // Whoever deletes it has used it.
        const [reset] = await db.delete(passwordResets).where(isOpenReset(hash, now)).returning();
        if (reset === undefined) return null;
        const changed = await db
          .update(accounts)
          .set({ password, updatedAt: new Date(now) })
          .where(isPassword(reset.person))
          .returning({ id: accounts.id });
        if (changed.length === 0) await addPassword(db, reset.person, { id, password }, now);
        await db.delete(signIns).where(eq(signIns.userId, reset.person));
        const [person] = await db.select().from(people).where(eq(people.id, reset.person));
        return personOf(person!);
      }),
    names: (project) =>
      database.run(async (db) => {
        const { rows } = await db.execute<{ readonly id: string; readonly name: string }>(
          sql`SELECT id, name FROM people WHERE id IN (
              SELECT person FROM members WHERE project = ${project}
              UNION SELECT actor FROM activity WHERE project = ${project}
              UNION SELECT person FROM labels WHERE project = ${project}
              UNION SELECT actor FROM queues WHERE project = ${project}
              UNION SELECT actor FROM taxonomies WHERE project = ${project}
              UNION SELECT made_by FROM analysis_sessions WHERE project = ${project}
              UNION SELECT "by" FROM audit WHERE project = ${project}
              UNION SELECT subject FROM audit WHERE project = ${project} AND action LIKE 'person.%'
            ) UNION SELECT id, name FROM keys WHERE project = ${project} ORDER BY name, id`,
        );
        return rows;
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
  if (password !== null) await addPassword(db, id, { id, password }, created);
  return row!;
}

async function addPassword(
  db: Transaction,
  person: string,
  { id, password }: { readonly id: string; readonly password: string },
  now: number,
): Promise<void> {
  const at = { createdAt: new Date(now), updatedAt: new Date(now) };
  const account = { id, accountId: person, userId: person, providerId: PASSWORD, password, ...at };
  await db.insert(accounts).values(account);
}

/** What better-auth calls an account that has a password. */
const PASSWORD = 'credential';

const isPassword = (person: string) =>
  and(eq(accounts.userId, person), eq(accounts.providerId, PASSWORD));

const isMember = (project: string, person: string) =>
  and(eq(members.project, project), eq(members.person, person));

const isOpen = (hash: string, now: number) =>
  and(eq(invitations.hash, hash), gt(invitations.expires, now));

const isOpenReset = (hash: string, now: number) =>
  and(eq(passwordResets.hash, hash), gt(passwordResets.expires, now));

const personOf = ({ id, name, email, isOwner }: typeof people.$inferSelect): Person => ({
  ...{ id, name, email, isOwner },
});

const invitationOf = ({ hash: _, ...rest }: typeof invitations.$inferSelect): Invitation => rest;
