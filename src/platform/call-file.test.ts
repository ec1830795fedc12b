import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CallLine } from '../contract/call-record.ts';
import { openCallFile } from './call-file.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'culprit-calls-'));
const started = (key: string): CallLine => ({
  ...{ kind: 'started', key, job: 'j', at: '2026-11-30T00:00:00Z', model: 'm', prompt: 'p 1' },
  worst: 0.5,
});
const ended = (key: string): CallLine => ({
  ...{ kind: 'ended', key, job: 'j', at: '2026-11-30T00:00:01Z', outcome: 'answered', text: 'é' },
  ...{ inputTokens: 1, outputTokens: 2, cost: 0.25 },
});

test('knows after a restart what was answered and what was left open', async () => {
  const path = folder();
  const first = await openCallFile(path);
  for (const line of [started('a'), ended('a'), started('b')]) first.write(line);
  await expect(openCallFile(path)).rejects.toThrow(/in use by this process/);
  await first.close();
  const second = await openCallFile(path);
  expect(second.find('a')).toMatchObject({ text: 'é', cost: 0.25 });
  expect([second.find('b'), second.find('c')]).toEqual(['open', null]);
  expect(second.soFar('j')).toEqual({ calls: 2, dollars: 0.75 });
  expect(second.soFar('other')).toEqual({ calls: 0, dollars: 0 });
  await second.close();
});

test('a line that was cut by a kill goes; any other strange line is refused', async () => {
  const path = folder();
  const file = join(path, 'calls.jsonl');
  const first = await openCallFile(path);
  first.write(started('a'));
  await first.close();
  appendFileSync(file, JSON.stringify(ended('a')).slice(0, 40));
  const second = await openCallFile(path);
  expect(second.find('a')).toBe('open');
  second.write(ended('a'));
  await second.close();
  expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBe(2);
  writeFileSync(file, 'not a record\n');
  await expect(openCallFile(path)).rejects.toThrow(/line 1: cannot be read .*no line of a record/);
});
