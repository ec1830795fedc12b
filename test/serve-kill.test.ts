import { test } from 'vitest';
import { killServe } from './kill-serve.ts';
import { describeStore } from './store/test-store.ts';

describeStore('culprit serve', () => {
  test(
    'kill -9 of the process and of its engine loses and doubles nothing',
    () => killServe(2),
    300_000,
  );
});
