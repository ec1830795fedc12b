import type { GuardedDatabase } from '../guarded-database.ts';
import type { AnnotationStore } from './annotation-store.ts';
import { postgresLabels } from './postgres-labels.ts';
import { postgresQueues } from './postgres-queues.ts';
import { postgresTaxonomies } from './postgres-taxonomies.ts';

export const postgresAnnotation = (database: GuardedDatabase): AnnotationStore => ({
  ...postgresTaxonomies(database),
  ...postgresQueues(database),
  ...postgresLabels(database),
});
