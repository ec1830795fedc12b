import { expect, test } from 'vitest';
import {
  CLUSTER_COLORS,
  clusterColor,
  GROUND,
  NOISE_COLOR,
  rgbOf,
  type Scheme,
} from './palette.ts';

type Triple = readonly [number, number, number];

/** Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB. */
const VISION: Readonly<Record<string, readonly number[]>> = {
  typical: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  deuteranopia: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
  tritanopia: [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039,
  ],
};

const linear = (hex: string): Triple => {
  const [r, g, b] = rgbOf(hex).map((value) => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return [r ?? 0, g ?? 0, b ?? 0];
};

const apply = (m: readonly number[], [r, g, b]: Triple): Triple => {
  const row = (i: number): number =>
    Math.min(1, Math.max(0, (m[i] ?? 0) * r + (m[i + 1] ?? 0) * g + (m[i + 2] ?? 0) * b));
  return [row(0), row(3), row(6)];
};

/** https://bottosson.github.io/posts/oklab/ */
const oklab = ([r, g, b]: Triple): Triple => {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
};

const luminance = ([r, g, b]: Triple): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** WCAG 2.2 contrast ratio. */
const contrast = (a: string, b: string): number => {
  const [low, high] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
};

const SCHEMES: readonly Scheme[] = ['light', 'dark'];

test.each(SCHEMES)('every cluster color has a contrast of 3 with the %s background', (scheme) => {
  for (const color of CLUSTER_COLORS[scheme]) {
    expect(contrast(color, GROUND[scheme]), color).toBeGreaterThanOrEqual(3);
  }
});

test.each(
  SCHEMES.flatMap((scheme) => Object.keys(VISION).map((vision) => [scheme, vision] as const)),
)('%s colors are distinguishable with %s', (scheme, vision) => {
  const seen = [...CLUSTER_COLORS[scheme], NOISE_COLOR[scheme]].map((hex) =>
    oklab(apply(VISION[vision] ?? [], linear(hex))),
  );
  let nearest = Number.POSITIVE_INFINITY;
  seen.forEach((a, i) => {
    for (const b of seen.slice(i + 1)) {
      nearest = Math.min(nearest, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
    }
  });
  // 0.02 in OKLab is a just noticeable difference; three times that is distinct at a glance.
  expect(nearest).toBeGreaterThan(0.06);
});

test('colors repeat after the tenth cluster and noise is gray', () => {
  expect(clusterColor(10, 'light')).toBe(clusterColor(0, 'light'));
  expect(clusterColor(-1, 'dark')).toBe(NOISE_COLOR.dark);
});
