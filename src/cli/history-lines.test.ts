import { expect, test } from 'vitest';
import type { History, HistoryCell } from '../contract/eval-report.ts';
import { historyLines } from './history-lines.ts';

const cell = (passed: number, cameBack = false): HistoryCell => ({
  ...{ passed, cases: 4, rate: passed / 4, cameBack },
});

const run = (version: string, verdict: string) => ({ id: version, at: '', version, verdict });

const history: History = {
  runs: [run('v1', 'fail'), run('v2', 'pass'), run('v3', 'no_evidence')],
  causes: [
    {
      cause: 'c-1a2b3c4d',
      title: '`refund` got the wrong id',
      cells: [cell(0), cell(4), cell(2, true)],
    },
    { cause: 'c-5e6f7a8b', title: null, cells: [null, cell(4), cell(4)] },
  ],
  leftOut: { aa: 2, incomplete: 1, undecided: 0 },
};

test('a heat map, what came back, and what was left out', () => {
  const text = historyLines(history, null);
  expect(text).toMatch(/^refund got the wrong id +0% +100% ██ +↩ 50% ▒▒$/m);
  expect(text).toMatch(/^c-5e6f7a8b +– +100% ██ +100% ██$/m);
  expect(text).toMatch(/^verdict +fail +pass +no evidence$/m);
  expect(text).toContain('refund got the wrong id came back in v3');
  expect(text).toContain(
    'left out: 2 runs of a target against itself (--aa), 1 run without a result',
  );
});

test('says that nothing came back, and what there is instead of runs', () => {
  const [, quiet] = history.causes;
  expect(historyLines({ ...history, causes: [quiet!] }, 'h.html')).toContain('no cause came back');
  expect(historyLines({ ...history, runs: [], causes: [] }, null)).toMatch(/^left out: 2 runs/);
});
