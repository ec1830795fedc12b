import { expect, test } from 'vitest';
import { echoesArguments } from './echoes-arguments.ts';

test.each([
  ["{'customer': {'name': 'Ann Lee'}, 'preferences': None}", '{"id": "ann_lee"}'],
  ['{"city": "Oslo", "hotels": [], "status": "ok"}', '{"city":"Oslo"}'],
])('%s holds nothing but what was passed in', (body, args) => {
  expect(echoesArguments(body, args)).toBe(true);
});

test.each([
  ['a field that was not passed in', '{"name": "Ann Lee", "age": 40, "pet": null}', 'ann lee'],
  ['nothing empty', '{"name": "Ann Lee"}', 'ann lee'],
  ['an empty error only', '{"name": "Ann Lee", "error": null}', 'ann lee'],
  ['nothing passed in', '{"name": "Ann Lee", "pet": null}', ''],
  ['nothing but empty fields', '{"pet": null}', 'ann lee'],
  ['a list', '[null]', 'ann lee'],
])('no echo with %s', (_, body, args) => {
  expect(echoesArguments(body, args)).toBe(false);
});
