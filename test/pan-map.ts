import type { Page } from 'playwright-core';

const FRAMES = 40;

/** Pans the map of a page with the mouse: milliseconds of the frames, sorted. */
export async function panMap(page: Page): Promise<readonly number[]> {
  const box = await page.locator('.map').boundingBox();
  if (box === null) throw new Error('no map');
  await page.mouse.move(box.x + 300, box.y + 300);
  await page.mouse.down();
  const frames: number[] = [];
  for (let i = 1; i <= FRAMES; i += 1) {
    const started = performance.now();
    await page.mouse.move(box.x + 300 + 6 * (i % 20), box.y + 300 + 3 * (i % 20));
    await page.evaluate(() => new Promise(requestAnimationFrame));
    frames.push(performance.now() - started);
  }
  await page.mouse.up();
  return frames.sort((a, b) => a - b);
}

export const median = (sorted: readonly number[]): number =>
  sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
