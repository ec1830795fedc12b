import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type CauseProposal, causeProposalSchema } from '../contract/cause-proposal.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { ListedProposal } from '../mcp/mcp.ts';
import { printableJson } from '../text/printable.ts';

const FOLDER = 'proposals';
const BY = 'culprit mcp';

const kept = causeProposalSchema.extend({ cause: z.string(), at: z.string(), by: z.string() });

/** Adds a proposal to the file of its cause beside the suites; its path. Throws `unwritable_file`. */
export async function keepProposal(
  suites: string,
  cause: string,
  proposal: CauseProposal,
  at: string,
): Promise<string> {
  const folder = join(suites, FOLDER);
  const path = join(folder, `${cause}.jsonl`);
  const unwritable = (error: unknown): never => {
    throw new CulpritError('unwritable_file', `${path} cannot be written: ${String(error)}`, {
      cause: error,
    });
  };
  await mkdir(folder, { recursive: true }).catch(unwritable);
  await appendFile(path, `${printableJson({ at, by: BY, cause, ...proposal })}\n`).catch(
    unwritable,
  );
  return path;
}

/** The proposals beside the suites, oldest first. Lines that are not proposals are skipped. */
export async function keptProposals(suites: string): Promise<readonly ListedProposal[]> {
  const folder = join(suites, FOLDER);
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .map((name) => readFile(join(folder, name), 'utf8')),
  );
  return texts.flatMap((text) =>
    text.split('\n').flatMap((line) => {
      try {
        return kept.parse(JSON.parse(line));
      } catch {
        return [];
      }
    }),
  );
}
