import { expect, test } from 'vitest';
import { promoteLine } from './promote-line.ts';

test.each([
  [['traces.jsonl'], [], 'culprit promote traces.jsonl c-1a2b3c4d --suite evals/'],
  [
    ["it's here.csv"],
    ['--score', 'groundedness<0.7'],
    'culprit promote "it\'s here.csv" c-1a2b3c4d --score "groundedness<0.7" --suite evals/',
  ],
])('a line to paste: %j %j', (files, flags, line) => {
  expect(promoteLine({ files, flags }, 'c-1a2b3c4d')).toBe(line);
});
