import { searchOf } from '../compare/sides.ts';
import { pathOf } from '../workspace/addresses.ts';
import type { VersionQuery, Versions } from './versions-queries.ts';

/** The page Compare with two versions chosen, within what the page of versions shows. */
export const compareHref = (
  project: string,
  { by, prompt }: Pick<Versions, 'by' | 'prompt'>,
  { environment }: VersionQuery,
  [from, to]: readonly [string, string],
): string =>
  `${pathOf(project, '/compare')}${searchOf({
    ...{ by, from, to },
    ...(environment !== undefined && { environment }),
    ...(prompt !== null && prompt !== '' && { promptName: prompt }),
  })}`;
