import { readFile } from 'node:fs/promises';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { GuardDefinition } from '../../contract/guard-definition.ts';
import { detectorIds } from '../../detect/detect.ts';
import { fixedEmbedder } from '../../embed/embed.ts';
import { type Guard, guardModel, guardOf } from '../../guard/guard.ts';
import { packageVersion, readAsset } from '../../platform/package-file.ts';
import { parseJsonFile } from '../../text/json-file.ts';
import {
  type GuardDefinitions,
  type GuardReply,
  type GuardRequest,
  type NamedReport,
  sharedClock,
} from './guard-thread.ts';

/** What the thread of guards runs. */
let makers: ReadonlyMap<string, () => Promise<Guard>> = new Map();
/** Each project has guards of its own, which count for it alone. */
const made = new Map<string, Map<string, Promise<Guard>>>();

export async function answer(message: unknown): Promise<GuardReply> {
  const request = message as GuardRequest;
  const { id } = request;
  try {
    if (request.kind === 'open') {
      makers = await makersOf(request.guards);
      return { id, kind: 'opened' };
    }
    if (request.kind === 'report')
      return { id, kind: 'reported', reports: await reportsOf(request.project) };
    const { ask } = await guardFor(request.project, request.guard);
    return { id, kind: 'answered', answer: await ask(request.record, request.since) };
  } catch (error) {
    const isInput = error instanceof CulpritError;
    const reason = error instanceof Error ? error.message : String(error);
    return { id, kind: 'failed', reason, isInput };
  }
}

/** Makes one of each, so that what cannot be used is known at the start. */
async function makersOf(
  guards: GuardDefinitions,
): Promise<ReadonlyMap<string, () => Promise<Guard>>> {
  const entries = Object.entries(guards).map(async ([name, definition]) => {
    try {
      const make = await makerOf(definition);
      await make();
      return [name, make] as const;
    } catch (error) {
      throw wrong(name, error);
    }
  });
  return new Map(await Promise.all(entries));
}

const wrong = (name: string, cause: unknown): CulpritError =>
  new CulpritError(
    'invalid_option',
    `config: guards.${name}: ${cause instanceof Error ? cause.message : cause}`,
    { cause },
  );

async function makerOf(definition: GuardDefinition): Promise<() => Promise<Guard>> {
  const { learned: file, above, enforce, ...rest } = definition;
  const embedder = fixedEmbedder(await readAsset('static-model'));
  const given = file === null ? null : parseJsonFile(await readFile(file, 'utf8'), file);
  const learned = guardModel(given, above, {
    culprit: await packageVersion(),
    detectors: [...detectorIds()],
  });
  const settings = { ...rest, learned, shadow: !enforce, judge: null };
  return () => guardOf(settings, { clock: sharedClock, embedder });
}

function guardFor(project: string, name: string): Promise<Guard> {
  const own = made.get(project) ?? new Map<string, Promise<Guard>>();
  made.set(project, own);
  const known = own.get(name);
  if (known !== undefined) return known;
  const make = makers.get(name);
  if (make === undefined) throw new Error(`there is no guard ${name}`);
  const guard = make();
  own.set(name, guard);
  return guard;
}

async function reportsOf(project: string): Promise<readonly NamedReport[]> {
  const reports: NamedReport[] = [];
  for (const name of [...makers.keys()].sort())
    reports.push({ name, report: (await guardFor(project, name)).report() });
  return reports;
}
