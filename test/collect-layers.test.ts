import { join } from 'node:path';
import { expect, test } from 'vitest';
import { edgesOf, isTest, root } from './module-map.ts';

/** Folders of src/collect, top to bottom. Each imports from the lines below it; those on one line are independent. */
const LAYERS: readonly (readonly string[])[] = [
  ['collect.ts', 'receive.ts'],
  ['read'],
  ['assemble', 'shape'],
  ['dialect', 'otlp'],
  ['message', 'container'],
  ['json', 'record.ts'],
];

const { files, edges } = edgesOf(join(root, 'collect'));
const inside = edges.filter((edge) => !isTest(edge.file) && !edge.target.startsWith('..'));
const layerOf = (name: string): number => LAYERS.findIndex((layer) => layer.includes(name));

test('every file of collect is in a layer', () => {
  const homeless = files.filter((file) => !isTest(file) && layerOf(file.split('/')[0] ?? '') < 0);
  expect(files.length).toBeGreaterThan(80);
  expect(homeless).toEqual([]);
});

test('folders of collect import downward only', () => {
  const upward = inside
    .filter(({ from, to }) => from !== to && layerOf(to) <= layerOf(from))
    .map(({ file, target }) => `${file} -> ${target}`);
  expect(upward).toEqual([]);
});
