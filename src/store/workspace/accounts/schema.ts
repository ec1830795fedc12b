import { bigint, boolean, pgTable, primaryKey, text, timestamp } from '../packages.ts';
import type { Role } from './role.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });
const milliseconds = (name: string) => bigint(name, { mode: 'number' });
const stamps = { createdAt: time('created_at').notNull(), updatedAt: time('updated_at').notNull() };

/** The first four have the columns that better-auth wants. */
export const people = pgTable('people', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull(),
  emailVerified: boolean('email_verified').notNull(),
  image: text('image'),
  isOwner: boolean('is_owner').notNull().default(false),
  ...stamps,
});

export const signIns = pgTable('sign_ins', {
  id: text('id').primaryKey(),
  token: text('token').notNull(),
  userId: text('person').notNull(),
  expiresAt: time('expires_at').notNull(),
  ipAddress: text('ip_address'),
  userAgent: text('user_agent'),
  ...stamps,
});

export const accounts = pgTable('accounts', {
  id: text('id').primaryKey(),
  accountId: text('account_id').notNull(),
  providerId: text('provider_id').notNull(),
  userId: text('person').notNull(),
  accessToken: text('access_token'),
  refreshToken: text('refresh_token'),
  idToken: text('id_token'),
  accessTokenExpiresAt: time('access_token_expires_at'),
  refreshTokenExpiresAt: time('refresh_token_expires_at'),
  scope: text('scope'),
  password: text('password'),
  ...stamps,
});

export const verifications = pgTable('verifications', {
  id: text('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: time('expires_at').notNull(),
  ...stamps,
});

export const members = pgTable(
  'members',
  {
    project: text('project').notNull(),
    person: text('person').notNull(),
    role: text('role').$type<Role>().notNull(),
    since: milliseconds('since').notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.person] })],
);

/** Links by which a person sets a new password: one each. */
export const passwordResets = pgTable('password_resets', {
  person: text('person').primaryKey(),
  by: text('by').notNull(),
  hash: text('hash').notNull(),
  created: milliseconds('created').notNull(),
  expires: milliseconds('expires').notNull(),
});

export const invitations = pgTable('invitations', {
  id: text('id').primaryKey(),
  project: text('project').notNull(),
  email: text('email').notNull(),
  role: text('role').$type<Role>().notNull(),
  by: text('by').notNull(),
  hash: text('hash').notNull(),
  created: milliseconds('created').notNull(),
  expires: milliseconds('expires').notNull(),
});
