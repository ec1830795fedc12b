import type { AuditLog } from './audit.ts';
import type { GuardedDatabase } from './guarded-database.ts';
import { and, desc, eq, lt } from './packages.ts';
import { audit } from './schema.ts';

export const auditLog = (database: GuardedDatabase): AuditLog => ({
  async add(entry) {
    await database.run((db) => db.insert(audit).values(entry));
  },
  list: (project, limit, before) =>
    database.run((db) =>
      db
        .select()
        .from(audit)
        .where(and(eq(audit.project, project), before === null ? undefined : lt(audit.id, before)))
        .orderBy(desc(audit.id))
        .limit(limit),
    ),
});
