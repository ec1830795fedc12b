import { describe, expect, test } from 'vitest';
import { auditDetails, auditText } from './audit-text.ts';

describe('an entry of the audit log in words', () => {
  test('what was done', () => {
    expect(auditText('key.revoke')).toBe('Revoked a key');
    expect(auditText('rocket.launch')).toBe('rocket.launch');
  });

  test.each([
    [{ role: 'viewer' }, { role: 'analyst' }, ['role: viewer → analyst']],
    [null, { name: 'ci', scopes: ['ingest', 'read'] }, ['name: ci', 'scopes: ingest, read']],
    [{ name: 'Bob', role: 'viewer' }, null, ['name was Bob', 'role was viewer']],
    [{ keepDays: 90, redact: 'off' }, { keepDays: 30, redact: 'off' }, ['keepDays: 90 → 30']],
    [null, null, []],
    ['odd', 7, []],
  ])('%o to %o', (before, after, expected) => {
    expect(auditDetails(before, after)).toEqual(expected);
  });
});
