import { isRecord } from '../../../text/json.ts';

const ACTIONS: Readonly<Record<string, string>> = {
  'sign-in.add': 'Signed in',
  'sign-in.refuse': 'Was refused to sign in',
  'sign-in.end': 'Ended a sign-in',
  'password.change': 'Changed their password',
  'password.link': 'Made a link for a new password',
  'password.reset': 'Set a new password by a link',
  'person.role': 'Changed a role',
  'person.remove': 'Removed a person',
  'person.join': 'Joined by the provider',
  'invitation.add': 'Invited',
  'invitation.withdraw': 'Withdrew an invitation',
  'invitation.accept': 'Took an invitation up',
  'key.add': 'Made a key',
  'key.revoke': 'Revoked a key',
  'link.add': 'Made a link for a customer',
  'link.revoke': 'Revoked a link for a customer',
  'link.open': 'Read a report by a link',
  'project.add': 'Made the project',
  'project.settings': 'Changed the settings',
  'traces.delete': 'Deleted traces',
  'traces.export': 'Exported traces',
  'backup.add': 'Made a backup',
  'backup.restore': 'Restored a backup',
  'audit.export': 'Exported this log',
};

/** What was done, in words. */
export const auditText = (action: string): string => ACTIONS[action] ?? action;

/** What of the subject is another than before, each as `role: viewer → analyst`. */
export function auditDetails(before: unknown, after: unknown): readonly string[] {
  const [old, now] = [before, after].map((value) => (isRecord(value) ? value : {}));
  const fields = new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})]);
  return [...fields].flatMap((field) => {
    const [was, is] = [shown(old?.[field]), shown(now?.[field])];
    if (was === is) return [];
    if (was === '') return [`${field}: ${is}`];
    return [is === '' ? `${field} was ${was}` : `${field}: ${was} → ${is}`];
  });
}

const LONGEST = 120;

function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = Array.isArray(value)
    ? value.map(shown).join(', ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
