import { count } from '../../../text/format.ts';
import { moment } from '../../../text/moments.ts';
import type { SessionFilter } from './sessions-queries.ts';

const NAMES: Readonly<Record<string, string>> = {
  ...{ tenant: 'tenant', user: 'user', session: 'session', environment: 'environment' },
  ...{ release: 'release', promptVersion: 'prompt version', model: 'model' },
  ...{ signal: 'detector', status: 'status', cause: 'cause' },
};

/** What a filter selects, in words; [] for everything. */
export function filterText(filter: SessionFilter): readonly string[] {
  const { from, to, failed, score, words, draw } = filter;
  const named = Object.entries(NAMES).flatMap(([key, name]) => {
    const value = filter[key as keyof SessionFilter];
    return typeof value === 'string' ? [`${name} ${value.replaceAll('_', ' ')}`] : [];
  });
  return [
    ...(failed === undefined ? [] : [failed ? 'failed' : 'passed']),
    ...named,
    ...(score === undefined
      ? []
      : [
          `${score.name}${score.atLeast === undefined ? '' : ` ≥ ${score.atLeast}`}${score.below === undefined ? '' : ` < ${score.below}`}`,
        ]),
    ...(words === undefined ? [] : [`“${words}”`]),
    ...(from === undefined ? [] : [`from ${moment(Date.parse(from))}`]),
    ...(to === undefined ? [] : [`to ${moment(Date.parse(to))}`]),
    ...(draw === undefined
      ? []
      : [
          `${count(draw.most)} drawn${draw.by == null ? '' : ` of each ${NAMES[draw.by] ?? draw.by}`}`,
        ]),
  ];
}
