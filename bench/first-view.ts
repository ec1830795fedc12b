import { loadavg } from 'node:os';
import { launch } from '../test/browser.ts';

const ROUNDS = 7;

/** Pages, and what is in sight once their first view is there. */
const VIEWS = {
  Home: ['', '.cause-row'],
  Traces: ['/traces', '.live tbody tr'],
} as const;

/**
 * How long a page of a running server takes from its address to its first view, in a browser that has never been there:
 * `node bench/first-view.ts http://127.0.0.1:7117/p/default`.
 */
const [, , project = 'http://127.0.0.1:7117/p/default'] = process.argv;
const browser = await launch();
for (const [name, [path, selector]] of Object.entries(VIEWS)) {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    const page = await context.newPage();
    await page.addInitScript((wanted) => {
      const look = (): void => {
        if (document.querySelector(wanted) === null) requestAnimationFrame(look);
        else requestAnimationFrame(() => performance.mark('first view'));
      };
      requestAnimationFrame(look);
    }, selector);
    await page.goto(`${project}${path}`);
    const at = await page.waitForFunction(
      () => performance.getEntriesByName('first view')[0]?.startTime,
      null,
      { timeout: 60_000 },
    );
    times.push(Number(await at.jsonValue()));
    await context.close();
  }
  times.sort((a, b) => a - b);
  const [median = 0, worst = 0] = [times[Math.floor(ROUNDS / 2)], times.at(-1)];
  console.log(
    `${name}: median ${median.toFixed(0)} ms, slowest ${worst.toFixed(0)} ms; load ${loadavg()[0]?.toFixed(1)}`,
  );
}
await browser.close();
