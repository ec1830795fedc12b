export type Scheme = 'light' | 'dark';

/**
 * Ten colors by rank, gray for noise. Found by a search in OKLCH under three constraints that the test
 * checks: a contrast of 3 with the background, distinguishable with three kinds of color blindness (Machado et al.
 * 2009), and the same hue in both schemes. From the eleventh cluster on they repeat; the number on the map
 * then identifies the cluster.
 */
export const CLUSTER_COLORS: Readonly<Record<Scheme, readonly string[]>> = {
  light: [
    '#3248a4',
    '#d27908',
    '#2c8c7e',
    '#801e62',
    '#9178de',
    '#625101',
    '#1e6c8e',
    '#8f4c53',
    '#24a660',
    '#a46311',
  ],
  dark: [
    '#6a9cfb',
    '#bf5914',
    '#21e3bf',
    '#df6d9a',
    '#8962c5',
    '#ecbd3a',
    '#79c2e7',
    '#f3957b',
    '#4c8a62',
    '#c08f35',
  ],
};

export const NOISE_COLOR: Readonly<Record<Scheme, string>> = { light: '#9aa0aa', dark: '#5d636e' };
export const GROUND: Readonly<Record<Scheme, string>> = { light: '#ffffff', dark: '#0f1115' };

/** Color of the cluster at this position in the ranking; -1 is noise. */
export function clusterColor(position: number, scheme: Scheme): string {
  const colors = CLUSTER_COLORS[scheme];
  return position < 0
    ? NOISE_COLOR[scheme]
    : (colors[position % colors.length] ?? NOISE_COLOR[scheme]);
}

/** `#3248a4` → [0x32, 0x48, 0xa4]. */
export function rgbOf(hex: string): readonly [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
