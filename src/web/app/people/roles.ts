import type { Schemas } from '../../../client/client.ts';

export type Role = Schemas['Member']['role'];

/** What each role may do, each more than the one before. */
export const ROLES: Readonly<Record<Role, string>> = {
  viewer: 'looks',
  annotator: 'labels, too',
  analyst: 'decides, too',
  admin: 'manages people and keys, too',
};
