import { expect, test } from 'vitest';
import { makeReport } from '../testing/make-report.ts';
import { buildModel } from './report-model.ts';
import { unexplainedTitle } from './unexplained-title.ts';

const model = buildModel(makeReport({ failures: 60 }));
const [cluster] = model.clusters;
if (cluster === undefined) throw new RangeError('no cluster');
const leftover = {
  ...cluster,
  title: 'Failed, cause not yet known',
  leftover: { compared: false, toSettle: null, isPart: false },
};

test('failures without a known cause are named by what nine of ten of them show', () => {
  const alike = model.members[0] ?? [];
  const statement = model.failures[alike[0] ?? 0]?.signals[0]?.statement.template;
  expect(unexplainedTitle(model, { cluster: leftover, members: alike })).toBe(statement);
  const mixed = [...alike.slice(0, 4), ...(model.members[1] ?? []).slice(0, 4)];
  expect(unexplainedTitle(model, { cluster: leftover, members: mixed })).toBe(leftover.title);
  expect(unexplainedTitle(model, { cluster, members: mixed })).toBe(cluster.title);
});
