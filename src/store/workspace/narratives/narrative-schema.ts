import type { WorkState } from '../kept-work.ts';
import { bigint, boolean, doublePrecision, jsonb, pgTable, primaryKey, text } from '../packages.ts';

/** Whole numbers, epoch milliseconds too, which a double holds. */
const whole = (name: string) => bigint(name, { mode: 'number' });

/** What models and traces say is JSON in a text: a `jsonb` cannot hold every string. */
export const narratives = pgTable(
  'narratives',
  {
    project: text('project').notNull(),
    cause: text('cause').notNull(),
    state: text('state').$type<WorkState>().notNull(),
    by: text('by').notNull(),
    asked: whole('asked').notNull(),
    ended: whole('ended'),
    asksAgain: boolean('asks_again').notNull(),
    error: text('error'),
    narrative: text('narrative'),
    told: whole('told'),
    traces: jsonb('traces').$type<readonly string[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.cause] })],
);

export const labelCalls = pgTable('label_calls', {
  id: whole('id').primaryKey().generatedAlwaysAsIdentity(),
  project: text('project').notNull(),
  key: text('key').notNull(),
  at: whole('at').notNull(),
  state: text('state').$type<'asked' | 'answered' | 'refused' | 'unclear'>().notNull(),
  dollars: doublePrecision('dollars').notNull(),
  answer: text('answer'),
});
