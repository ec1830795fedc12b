import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { edgesOf, isTest, pastTheDoor, root, wrongDirection } from './rooms.ts';

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

test('no file is called index', () => {
  expect(files.filter((file) => /^index\.tsx?$/.test(basename(file)))).toEqual([]);
});
