import { expect, test } from 'vitest';
import { promoteLine } from './promote-line.ts';

test('a line to paste: files, cause, options, folder', () => {
  expect(promoteLine(['traces.jsonl'], 'c-1a2b3c4d')).toBe(
    'culprit promote traces.jsonl c-1a2b3c4d --suite evals/',
  );
  expect(promoteLine(["it's here.csv"], 'c-1a2b3c4d', ['--score', 'groundedness<0.7'])).toBe(
    'culprit promote "it\'s here.csv" c-1a2b3c4d --score "groundedness<0.7" --suite evals/',
  );
});
