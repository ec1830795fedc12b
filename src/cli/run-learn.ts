import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CulpritError } from '../contract/culprit-error.ts';
import type { LearnedModel } from '../contract/learned-model.ts';
import type { PolicyInput } from '../contract/policy.ts';
import { type LearnOptions, learn, readTraces, suspects } from '../culprit.ts';
import { checkWritable, writeWhole } from '../platform/write-whole.ts';
import { parseJsonFile } from '../text/json-file.ts';
import { printableJson } from '../text/printable.ts';
import { labelsOfFile } from './label-file.ts';
import { cardLines, suspectLines } from './learn-lines.ts';
import type { LearnCommandOptions } from './learn-options.ts';
import { inputOf } from './named-files.ts';
import { outputWidth, writeMessage, writeResult } from './output.ts';
import { readOptionFile } from './read-option-file.ts';
import { labelsOfServer } from './server-labels.ts';
import type { StoreOptions } from './store-options.ts';

interface Input {
  readonly files: readonly string[];
  readonly store: StoreOptions;
}

/** Learns a model and prints its card, or lists the traces that a model suspects. */
export async function runLearn(input: Input, options: LearnCommandOptions): Promise<void> {
  const out = options.out === undefined ? null : resolve(options.out);
  const isOurs = (head: string): boolean => /^\{"(?:kind":"learned model|traceId)"/.test(head);
  if (out !== null) await checkWritable(out, [...input.files], isOurs);
  const text = await (options.apply === undefined
    ? learned(input, options, out)
    : applied(input, options, options.apply, out));
  writeResult(text);
}

async function learned(
  input: Input,
  options: LearnCommandOptions,
  out: string | null,
): Promise<string> {
  const given = await labelsOf(input, options);
  const policy = await readOptionFile('--policy', options.policy, parseJsonFile);
  const model = await learn(await tracesOf(input, options), {
    ...given,
    scores: options.scores,
    ...(options.imitate !== undefined && { imitate: options.imitate }),
    stepBudget: options.stepBudget,
    policy: policy as PolicyInput | null,
    seed: options.seed,
  });
  if (out !== null) await writeWhole(out, `${JSON.stringify(model)}\n`);
  return options.json
    ? `${printableJson(model.card)}\n`
    : cardLines(model, options.out ?? null, outputWidth());
}

async function applied(
  input: Input,
  options: LearnCommandOptions,
  file: string,
  out: string | null,
): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CulpritError('unreadable_file', `--apply ${file}: it cannot be read (${cause})`, {
      cause,
    });
  });
  const model = parseJsonFile(text, `--apply ${file}`) as LearnedModel;
  const found = await suspects(await tracesOf(input, options), model);
  if (out !== null)
    await writeWhole(out, found.suspects.map((each) => `${JSON.stringify(each)}\n`).join(''));
  return options.json ? `${printableJson(found)}\n` : suspectLines(found, options.top);
}

const tracesOf = async ({ files, store }: Input, { columns }: LearnCommandOptions) =>
  readTraces(
    await inputOf(
      files.map((file) => ({ path: file, name: file })),
      store,
    ),
    { columns },
  );

/** Labels of a file, or of the people of a server; none where the traces hold them. */
async function labelsOf(
  { store }: Input,
  { labels, scores, imitate }: LearnCommandOptions,
): Promise<Pick<LearnOptions, 'labels' | 'labeledBy'>> {
  if (labels !== undefined)
    return {
      labels: await readOptionFile('--labels', labels, labelsOfFile).then((read) => read!),
      labeledBy: { kind: 'people', name: labels },
    };
  const { from } = store;
  if (
    from === undefined ||
    !/^https?:\/\//i.test(from) ||
    scores.length > 0 ||
    imitate !== undefined
  )
    return {};
  const given = await labelsOfServer({ ...store, from });
  if (given.size > 0) return { labels: given, labeledBy: { kind: 'people', name: from } };
  writeMessage(`nobody has labeled traces in ${from}; going by what they record`);
  return {};
}
