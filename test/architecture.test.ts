import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { expect, test } from 'vitest';
import {
  allowed,
  edgesOf,
  importCycle,
  isTest,
  pastEntryPoint,
  root,
  wrongDirection,
} from './module-map.ts';

const { files, edges } = edgesOf(root);

test('finds files and imports', () => {
  expect(files.length).toBeGreaterThan(40);
  expect(edges.length).toBeGreaterThan(40);
});

test('modules import only what the map allows', () => {
  expect(wrongDirection(edges.filter((edge) => !isTest(edge.file)))).toEqual([]);
});

test('modules are entered through their entry point', () => {
  expect(pastEntryPoint(edges)).toEqual([]);
});

test('no imports form a cycle, types included', () => {
  expect(importCycle(edges.filter((edge) => !isTest(edge.file)))).toBe(null);
});

test('no file is called index', () => {
  expect(files.filter((file) => /^index\.tsx?$/.test(basename(file)))).toEqual([]);
});

test('docs/architecture.md prints the current map', () => {
  const page = readFileSync(resolve(root, '../docs/architecture.md'), 'utf8');
  const steps = ['collect', 'detect', 'embed', 'group', 'label', 'rank', 'report'];
  const printed = Object.fromEntries(
    [...page.matchAll(/^\| `([\w.]+)` \| [^|]+ \| ([^|]+) \|$/gm)].map(([, name, modules]) => [
      name,
      (modules ?? '').trim(),
    ]),
  );
  const spelled = (modules: readonly string[]): string => {
    if (modules.length === 0) return 'nothing';
    const others = modules.filter((module) => !steps.includes(module));
    const isAllSteps = modules.length - others.length === steps.length;
    return (isAllSteps ? [...others, 'the steps'] : modules).join(', ');
  };
  expect(printed).toEqual(
    Object.fromEntries(Object.entries(allowed).map(([name, modules]) => [name, spelled(modules)])),
  );
});
