import type { Role } from './role.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** May do everything in every project: who set the server up. */
  readonly isOwner: boolean;
}

/** What a person may do in one project. */
interface Membership {
  readonly project: string;
  readonly role: Role;
}

export interface Member extends Person {
  readonly role: Role;
  /** Epoch milliseconds. */
  readonly since: number;
}

export interface Invitation {
  readonly id: string;
  readonly project: string;
  readonly email: string;
  readonly role: Role;
  /** Who invites. */
  readonly by: string;
  readonly created: number;
  readonly expires: number;
}

/** A link by which a person sets a new password. */
interface PasswordReset {
  readonly person: string;
  /** Who made it; '' for the operator of the server. */
  readonly by: string;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly expires: number;
}

/** Who has proven an email address, and where they may join without an invitation. */
interface Admission {
  readonly person: NewPerson;
  /** Projects that somebody new joins as a viewer. */
  readonly joins: readonly string[];
}

/** Somebody who may come in, and what they joined by that. */
export interface Admitted {
  readonly person: Person;
  readonly joined: readonly Membership[];
}

/** Somebody who decides or labels under an id. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/** Who takes part, and in which role. Invitations, resets and the first owner are used once, also by several at a time. */
export interface People {
  count(): Promise<number>;
  person(id: string): Promise<Person | null>;
  personWithEmail(email: string): Promise<Person | null>;
  /** Adds the first person, who owns the server; false where there is one. */
  addOwner(person: NewPerson): Promise<boolean>;
  members(project: string): Promise<readonly Member[]>;
  memberships(person: string): Promise<readonly Membership[]>;
  /** Makes somebody a member. */
  join(project: string, person: string, role: Role, now: number): Promise<void>;
  /** False where the person is no member. */
  changeRole(project: string, person: string, role: Role): Promise<boolean>;
  removeMember(project: string, person: string): Promise<boolean>;
  /** @param hash SHA-256 of the secret of its link, in hex. */
  invite(invitation: Invitation, hash: string): Promise<void>;
  /** Those that are open, newest first. */
  invitations(project: string, now: number): Promise<readonly Invitation[]>;
  withdraw(project: string, id: string): Promise<boolean>;
  /** The open invitation with that hash. */
  invitation(hash: string, now: number): Promise<Invitation | null>;
  /** Makes its person a member, adding them where they are new; null where it was used meanwhile. */
  accept(hash: string, person: NewPerson, now: number): Promise<Person | null>;
  /**
   * Lets in who has proven their email address: takes up the open invitations to it, and adds who is new and was invited or
   * may join; null for anybody else, and as long as there is no owner.
   */
  admit(admission: Admission, now: number): Promise<Admitted | null>;
  hasPassword(person: string): Promise<boolean>;
  /** Replaces the link that the person has. @param hash SHA-256 of its secret, in hex. */
  allowReset(reset: PasswordReset, hash: string): Promise<void>;
  hasReset(hash: string, now: number): Promise<boolean>;
  /** Sets the password of whose open link has that hash, and ends all their sign-ins; null where it was used meanwhile. */
  resetPassword(hash: string, password: NewPassword, now: number): Promise<Person | null>;
  /** Everybody who takes part in the project or did something there, people and keys, also those who left. */
  names(project: string): Promise<readonly Named[]>;
}

interface NewPassword {
  /** For the account, where the person has no password yet. */
  readonly id: string;
  /** Hash of the password. */
  readonly password: string;
}

export interface NewPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Hash of the password; null for one who has an account already. */
  readonly password: string | null;
  readonly created: number;
}
