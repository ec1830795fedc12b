import { SCOPES, type Scope } from '../scope.ts';

/** What a person may do in a project, each more than the one before. */
export const ROLES = ['viewer', 'annotator', 'analyst', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Looks; labels; decides; manages the project, its keys and its people. */
const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = {
  viewer: ['read'],
  annotator: ['read', 'annotate'],
  analyst: ['read', 'annotate', 'write'],
  admin: SCOPES,
};

export const scopesOf = (role: Role): readonly Scope[] => SCOPES_OF[role];
