import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { expect, test } from 'vitest';
import {
  allowed,
  edgesOf,
  importCycle,
  isTest,
  pastTheDoor,
  root,
  wrongDirection,
} from './rooms.ts';

const { files, edges } = edgesOf(root);

test('the tree is read at all', () => {
  expect(files.length).toBeGreaterThan(40);
  expect(edges.length).toBeGreaterThan(40);
});

test('rooms import only what the map allows', () => {
  expect(wrongDirection(edges.filter((edge) => !isTest(edge.file)))).toEqual([]);
});

test('rooms are entered through their door', () => {
  expect(pastTheDoor(edges)).toEqual([]);
});

test('no imports form a cycle, types included', () => {
  expect(importCycle(edges.filter((edge) => !isTest(edge.file)))).toBe(null);
});

test('no file is called index', () => {
  expect(files.filter((file) => /^index\.tsx?$/.test(basename(file)))).toEqual([]);
});

test('docs/architecture.md prints the map as it is', () => {
  const page = readFileSync(resolve(root, '../docs/architecture.md'), 'utf8');
  const steps = ['collect', 'detect', 'embed', 'group', 'label', 'rank', 'report'];
  const printed = Object.fromEntries(
    [...page.matchAll(/^\| `([\w.]+)` \| [^|]+ \| ([^|]+) \|$/gm)].map(([, name, rooms]) => [
      name,
      (rooms ?? '').trim(),
    ]),
  );
  const spelled = (rooms: readonly string[]): string => {
    if (rooms.length === 0) return 'nothing';
    const others = rooms.filter((room) => !steps.includes(room));
    const isAllSteps = rooms.length - others.length === steps.length;
    return (isAllSteps ? [...others, 'the steps'] : rooms).join(', ');
  };
  expect(printed).toEqual(
    Object.fromEntries(Object.entries(allowed).map(([name, rooms]) => [name, spelled(rooms)])),
  );
});
