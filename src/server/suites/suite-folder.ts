import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Suite } from '../../contract/suite.ts';
import { readRunFile, runFileEnds, runFilesIn } from '../../platform/run-file.ts';
import {
  readSuiteFolder,
  type SuiteFileText,
  textOf,
  writeSuiteFiles,
} from '../../platform/suite-folder.ts';
import type { RunLog } from '../../verify/verify.ts';

/** The suites of one project in files, as `culprit promote` and `culprit eval` have them. */
export interface SuiteFolder {
  /** Where `culprit eval` finds them. */
  readonly path: string;
  list(): Promise<ListedSuites>;
  /** Everything that a suite is read from. Throws `unreadable_file`. */
  files(): Promise<readonly SuiteFileText[]>;
  /** Writes files by their names, which hold no slash. Throws `unwritable_file`. */
  write(files: readonly NamedText[]): Promise<void>;
  /** The last runs that were kept beside the suites, oldest first. */
  runs(): Promise<readonly KeptRun[]>;
  /** The record of a run; null for none. Throws `unreadable_file`. */
  record(id: string): string | null;
}

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

export interface ListedSuites {
  readonly suites: readonly ListedSuite[];
  readonly problems: readonly { readonly file: string; readonly message: string }[];
}

export interface ListedSuite {
  readonly file: string;
  /** Version. */
  readonly hash: string;
  readonly suite: Suite;
}

export type KeptRun = Pick<RunLog, 'header' | 'end'>;

/** Runs that are looked at; `culprit eval history` shows all. */
const MOST_RUNS = 100;

/** Ids of runs are names of files. */
export const RUN_ID = /^run-[\w-]{1,100}$/;

/** A file name that stays in its folder. */
const FILE_NAME = /^[^/\\\0.][^/\\\0]{0,250}$/;

/** @param path need not be there before something is written */
export function suiteFolder(path: string): SuiteFolder {
  const known = new Map<string, { readonly state: string; readonly value: unknown }>();
  /** Read again once the file has changed. */
  const remembered = async <Value>(file: string, read: () => Promise<Value>): Promise<Value> => {
    const { mtimeMs, size } = await stat(file);
    const state = `${mtimeMs} ${size}`;
    const before = known.get(file);
    if (before?.state === state) return before.value as Value;
    const value = await read();
    if (known.size > MOST_KNOWN) known.clear();
    known.set(file, { state, value });
    return value;
  };
  const runFolder = join(path, 'runs');
  return {
    path,
    async list() {
      const names = await readdir(path).catch(() => []);
      const suites: ListedSuite[] = [];
      const problems: { file: string; message: string }[] = [];
      for (const name of names.filter((each) => /\.ya?ml$/.test(each)).sort())
        try {
          suites.push(await remembered(join(path, name), () => listed(join(path, name), name)));
        } catch (error) {
          problems.push({ file: name, message: messageOf(error) });
        }
      return { suites, problems };
    },
    async files() {
      const found = await readSuiteFolder(path);
      return found.map((file) => ({ ...file, path: basename(file.path) }));
    },
    async write(files) {
      for (const { name } of files)
        if (!FILE_NAME.test(name)) throw new Error(`${name} is no name of a file`);
      await writeSuiteFiles(files.map(({ name, text }) => ({ path: join(path, name), text })));
    },
    async runs() {
      const { runEnds } = await import('../../verify/verify.ts');
      const kept: KeptRun[] = [];
      for (const file of runFilesIn(runFolder).slice(-MOST_RUNS)) {
        // A file that is being written, or was edited, hides no other.
        const ends = await remembered(file, async () => runEnds(runFileEnds(file), file)).catch(
          () => null,
        );
        if (ends !== null) kept.push(ends);
      }
      return kept;
    },
    record(id) {
      if (!RUN_ID.test(id)) return null;
      const file = join(runFolder, `${id}.jsonl`);
      return runFilesIn(runFolder).includes(file) ? readRunFile(file) : null;
    },
  };
}

const MOST_KNOWN = 2_000;

async function listed(path: string, name: string): Promise<ListedSuite> {
  const { suiteIn } = await import('../../verify/verify.ts');
  const { suite, hash } = suiteIn({ path: name, text: await textOf(path) });
  return { file: name, hash, suite };
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message.slice(0, 500) : String(error);
