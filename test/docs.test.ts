import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { simulate } from '../demo/simulate.ts';
import { runCulprit } from './run-culprit.ts';
import { shellWords } from './shell-words.ts';

const root = resolve(import.meta.dirname, '..');
const documents = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.md') && !/(^|\/)(node_modules|dist|\.git|\.venv)\//.test(path),
);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const commands = documents.flatMap((document) =>
  [...read(document).matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
    (block ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((command) => ({ document, command })),
  ),
);

describe('the documents', () => {
  test('exist and contain commands', () => {
    expect(documents).toContain('README.md');
    expect(commands.length).toBeGreaterThan(5);
  });

  test('link only to files that exist', () => {
    const broken = documents.flatMap((document) =>
      [...read(document).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map(([, target]) => target ?? '')
        .filter((target) => !existsSync(resolve(root, dirname(document), target)))
        .map((target) => `${document} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test('never run a package with our name from a registry', () => {
    expect(documents.filter((document) => /^\s*npx culprit/m.test(read(document)))).toEqual([]);
  });

  test('name only npm scripts that exist', () => {
    const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
    const used = commands.flatMap(({ command }) =>
      [...command.matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
        ([, run, short]) => run ?? short ?? '',
      ),
    );
    expect(used.length).toBeGreaterThan(1);
    expect(used.filter((script) => !scripts.includes(script))).toEqual([]);
  });
});

describe('commands in the documents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-docs-'));
  const { lines } = simulate({ runs: 150, seed: 5 });
  const text = `${lines.join('\n')}\n`;
  writeFileSync(join(folder, 'traces.jsonl'), text);
  mkdirSync(join(folder, 'exports'));
  writeFileSync(join(folder, 'exports/a.jsonl.gz'), gzipSync(text));
  writeFileSync(
    join(folder, 'exports/scored.jsonl.gz'),
    gzipSync('{"input":"Where?","output":"Here.","groundedness":0.4}\n'),
  );

  test.each(commands.filter(({ command }) => command.startsWith('culprit ')))(
    '$document: $command',
    async ({ command }) => {
      const { status, stderr } = await runCulprit(shellWords(command, folder), { cwd: folder });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    },
  );
});
