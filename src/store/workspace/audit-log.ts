import type { AuditLog } from './audit.ts';
import type { GuardedDatabase } from './guarded-database.ts';
import { and, desc, eq, gte, like, lt } from './packages.ts';
import { audit } from './schema.ts';

export const auditLog = (database: GuardedDatabase): AuditLog => ({
  async add(entry) {
    await database.run((db) => db.insert(audit).values(entry));
  },
  list: (project, { limit, before, by, kind, from, to }) =>
    database.run((db) =>
      db
        .select()
        .from(audit)
        .where(
          and(
            eq(audit.project, project),
            before === undefined ? undefined : lt(audit.id, before),
            by === undefined ? undefined : eq(audit.by, by),
            kind === undefined ? undefined : like(audit.action, `${kind}.%`),
            from === undefined ? undefined : gte(audit.at, from),
            to === undefined ? undefined : lt(audit.at, to),
          ),
        )
        .orderBy(desc(audit.id))
        .limit(limit),
    ),
});
