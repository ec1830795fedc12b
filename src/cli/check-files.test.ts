import { expect, test } from 'vitest';
import { usesCatalog } from './check-files.ts';

test.each([
  { what: 'a YAML file', file: 'mine.yaml', text: '- chek: json' },
  { what: 'a list in YAML', text: '# ours\n- check: json\n' },
  { what: 'a mapping in YAML', text: 'checks:\n  - check: json\n' },
  { what: 'a list in JSON', text: '[{ "check": "json" }]' },
  { what: 'a mapping in JSON', text: '{ "checks": [{ "check": "json" }] }' },
])('$what names checks of the catalog', ({ file = 'mine.txt', text }) => {
  expect(usesCatalog(text, file)).toBe(true);
});

test.each([
  { what: 'lines', text: '# Checks: ours\nThe answer checks: nothing\n- No greeting' },
  { what: 'a list in JSON', text: '[{ "text": "It has no \\"check\\": field" }]' },
  { what: 'a mapping in JSON', text: '{ "checks": [{ "text": "No greeting" }] }' },
  { what: 'broken JSON', text: '[{ "check": ' },
  { what: 'JSON of another form', text: '{ "check": 3 }' },
  { what: 'nothing', text: '' },
])('$what holds sentences', ({ text }) => {
  expect(usesCatalog(text, 'mine.txt')).toBe(false);
});
