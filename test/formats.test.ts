import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { columnRoles } from '../src/collect/shape/column-map.ts';
import { collectAll, memorySource } from '../src/testing/memory-source.ts';

const page = readFileSync(resolve(import.meta.dirname, '../docs/formats.md'), 'utf8');
const shapes = resolve(import.meta.dirname, '../src/collect/shape');

it('docs/formats.md names every shape', () => {
  const formats = readdirSync(shapes)
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => [
      ...readFileSync(resolve(shapes, file), 'utf8').matchAll(/format: '([^']+)'/g),
    ])
    .map((match) => match[1] ?? '');
  expect(formats.length).toBeGreaterThan(25);
  const missing = formats.filter((format) => !page.includes(`\`${format}\``));
  expect(missing).toEqual([]);
});

it('every column name in docs/formats.md has the role of its row', () => {
  const roles = columnRoles(undefined);
  const lines = page.slice(page.indexOf('| field | names |')).split('\n').slice(2);
  const wrong: string[] = [];
  let named = 0;
  for (const line of lines.slice(0, lines.indexOf(''))) {
    const [, field = '', names = ''] = line.split('|');
    const fields = [...field.matchAll(/`(\w+)`/g)].map((match) => match[1]);
    for (const [index, list] of names.split(';').entries()) {
      if (fields[index] === undefined) continue;
      for (const name of (list.split(':')[0] ?? '').split(',').map((each) => each.trim())) {
        named++;
        if (roles.of(name)?.role !== fields[index]) wrong.push(`${name} is not ${fields[index]}`);
      }
    }
  }
  expect(named).toBeGreaterThan(90);
  expect(wrong).toEqual([]);
});

it('the example row in docs/formats.md is read as documented', async () => {
  const row = page.slice(page.indexOf('```json') + 7, page.lastIndexOf('```'));
  const { traces, report } = await collectAll([memorySource('row', row)]);
  expect(traces).toMatchObject([
    {
      id: 't-1',
      tenant: 'acme',
      promptVersion: 'v3',
      input: 'Where is A-1001?',
      output: 'It arrives on Friday.',
    },
  ]);
  expect(report.files).toMatchObject([{ modelCalls: 2, toolCalls: 1, scores: 1, errors: 0 }]);
});
