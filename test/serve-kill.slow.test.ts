import { test } from 'vitest';
import { killServe } from './kill-serve.ts';
import { describeStore } from './store/test-store.ts';

describeStore('culprit serve', () => {
  test(
    '20 times kill -9 of the process and of its engine lose and double nothing',
    () => killServe(20),
    3_600_000,
  );
});
