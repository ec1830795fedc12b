import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import { serverAddress } from './server-address.ts';
import { asCulpritError, askForJson } from './server-request.ts';
import type { StoreOptions } from './store-options.ts';

/** Most that the server gives at once. */
const MOST = 10_000;

const answerSchema = z.object({
  items: z.array(
    z.object({
      kind: z.enum(['trace', 'cause']),
      subject: z.string(),
      triage: z.enum(['genuine', 'bad_item', 'harness_error', 'label_problem']),
      at: z.string(),
      settles: z.boolean(),
    }),
  ),
});

/**
 * What the people of a project say of its traces: genuine failures failed, those that were flagged without reason passed;
 * others say nothing. What settles a disagreement counts instead of the answers; else the majority, and no label where it is tied.
 */
export async function labelsOfServer({
  from,
  project,
}: StoreOptions & { readonly from: string }): Promise<ReadonlyMap<string, boolean>> {
  const address = serverAddress(from, project, '--from');
  const answer = await askForJson(address, { path: `/labels?limit=${MOST}` }).catch(
    (error: unknown) => {
      throw asCulpritError(error);
    },
  );
  const { data, error } = answerSchema.safeParse(answer);
  if (data === undefined)
    throw new CulpritError('invalid_input', `${address.url} gave no labels that can be read`, {
      cause: error,
    });
  const byTrace = Map.groupBy(
    data.items.filter(({ kind }) => kind === 'trace'),
    ({ subject }) => subject,
  );
  const labels = new Map<string, boolean>();
  for (const [trace, said] of byTrace) {
    const settled = said.filter(({ settles }) => settles).sort((a, b) => (a.at < b.at ? 1 : -1));
    const counted = settled.length > 0 ? settled.slice(0, 1) : said;
    const failed = counted.filter(({ triage }) => triage === 'genuine').length;
    const passed = counted.filter(({ triage }) => triage === 'label_problem').length;
    if (failed !== passed) labels.set(trace, failed > passed);
  }
  return labels;
}
