import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOperatorFile } from './operator-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-operator-'));
const read = (text: string) => {
  const path = join(folder, 'culprit.yaml');
  writeFileSync(path, text);
  return readOperatorFile(path, (name) => (name === 'SLACK' ? 'https://hooks.example/T1' : null));
};

test('secrets come from the environment', async () => {
  expect(await read('channels:\n  team: {kind: slack, url: "env:SLACK"}\n')).toEqual({
    channels: { team: { kind: 'slack', url: 'https://hooks.example/T1' } },
    allowPrivateAddresses: false,
    judges: {},
    labelModel: null,
    guards: {},
  });
  expect((await read('')).channels).toEqual({});
});

test('the model of a guard is named from the folder of the file', async () => {
  const { guards } = await read(
    'guards: {support: {learned: model.json, above: 0.8, enforce: true}}',
  );
  expect(guards).toMatchObject({
    support: { learned: join(folder, 'model.json'), above: 0.8, enforce: true, late: 'allow' },
  });
});

test.each([
  ['channels: {team: {kind: slack, url: "env:NOT_SET"}}', 'the variable NOT_SET is not set'],
  ['channels: {team: {kind: pigeon}}', 'channels.team'],
  ['channels: {team: {kind: slack, url: "ftp://x.example"}}', 'channels.team.url'],
  ['channels: {team: {kind: webhook, url: "https://x.example", secret: short}}', 'openssl rand'],
  ['chanels: {}', 'the file'],
  ['a: [', 'config:'],
])('%s is refused with its place', async (text, why) => {
  await expect(read(text)).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringContaining(why),
  });
});

test('a file that is not there is named', async () => {
  const path = join(folder, 'nowhere.yaml');
  await expect(readOperatorFile(path, () => null)).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringContaining(path),
  });
});
