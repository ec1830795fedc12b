import { describe, expect, test } from 'vitest';
import { nameIn } from './name-in.ts';
import { refusalOf } from './refusal.ts';
import type { SignInState } from './use-sign-in.ts';

const state = (role: 'viewer' | 'analyst', scopes: readonly string[]): SignInState =>
  ({
    ...{ isOn: true, isSetUp: true, provider: null },
    person: { id: 'p', name: 'Bob', email: 'b@x.org', isOwner: false, hasPassword: true },
    projects: [{ id: 'shop', name: 'Shop', role, scopes }],
    access: { project: 'shop', by: 'p', name: 'Bob', scopes },
  }) as SignInState;

describe('why somebody may not do something', () => {
  const viewer = state('viewer', ['read']);
  const analyst = state('analyst', ['read', 'annotate', 'write']);
  test('by the role in the project', () => {
    expect(refusalOf(viewer, 'GET /traces')).toBeNull();
    expect(refusalOf(viewer, 'POST /decisions')).toBe(
      'Analysts and admins do this; you are a viewer here',
    );
    expect(refusalOf(analyst, 'POST /decisions')).toBeNull();
    expect(refusalOf(analyst, 'GET /people')).toBe('Admins do this; you are an analyst here');
  });

  test('by the scopes of a key', () => {
    const key = { ...viewer, person: null, projects: [] };
    expect(refusalOf(key, 'POST /decisions')).toBe('This needs a key with the scope write');
  });

  test('nothing is refused before it is known who somebody is', () => {
    expect(refusalOf(undefined, 'POST /decisions')).toBeNull();
    expect(refusalOf({ ...viewer, access: null }, 'POST /decisions')).toBeNull();
  });
});

test('ids are shown by their names, and never as they are', () => {
  const id = 'a1b2c3d4e5f6a1b2c3d4e5f6';
  expect(nameIn(new Map([[id, 'Ann']]), id)).toBe('Ann');
  expect(nameIn(new Map(), id)).toBe('somebody');
  expect(nameIn(new Map(), 'Mira')).toBe('Mira');
  expect(nameIn(new Map(), 'local')).toBe('on this machine');
});
