import * as z from 'zod';
import { percent, percentRange, twoDigits } from '../../text/format.ts';
import { layerLabel } from '../../text/layer-label.ts';
import { defineTool, type Tool } from '../tool.ts';
import { cursor } from './cursor.ts';
import { reportOf } from './find-cause.ts';
import { line, name } from './names.ts';

export const listCauses: Tool = defineTool({
  name: 'list_causes',
  description:
    'Root causes of the failures in order of priority: share of the failures with its 95% interval, rate, severity, where the fix goes.',
  input: z.strictObject({ cursor }),
  isReadOnly: true,
  async run(_, { backend }) {
    const { analysis } = await reportOf(backend);
    const suites = await backend.suites();
    const { clusters, formula } = analysis;
    const command = backend.command({ kind: 'list' });
    return {
      facts: { formula: line(formula), total: clusters.length },
      list: {
        name: 'causes',
        items: clusters.map((cluster) => ({
          ...{ rank: cluster.rank, id: cluster.id, title: name(cluster.title) },
          failures: Math.round(cluster.population),
          share: `${percent(cluster.share)} (${percentRange(cluster.shareInterval)})`,
          perThousand: twoDigits(cluster.ratePerThousand),
          severity: cluster.severity,
          layer: layerLabel(cluster),
          suite: suites.find(({ cause }) => cause === cluster.id)?.file ?? null,
        })),
      },
      next: {
        tool: 'get_cause',
        arguments: { cause: clusters[0]?.id ?? '1' },
        ...(command !== null && { command }),
        why: 'evidence, contrast, and the prompt or tool behind a cause',
      },
    };
  },
});
