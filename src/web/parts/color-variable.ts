import { CLUSTER_COLORS, NOISE_COLOR } from './palette.ts';

/** Lets style objects set custom properties. */
declare module 'react' {
  interface CSSProperties {
    '--color'?: string;
    '--part'?: string;
  }
}

/** CSS variable of a cluster's color by its position in the ranking; -1 is noise. */
export function colorVariable(position: number): string {
  return position < 0 ? 'var(--noise)' : `var(--cluster-${position % CLUSTER_COLORS.light.length})`;
}

/** Sets the variables once; the browser picks the scheme. */
export function defineColors(element: HTMLElement): void {
  CLUSTER_COLORS.light.forEach((light, i) => {
    const dark = CLUSTER_COLORS.dark[i] ?? light;
    element.style.setProperty(`--cluster-${i}`, `light-dark(${light}, ${dark})`);
  });
  element.style.setProperty('--noise', `light-dark(${NOISE_COLOR.light}, ${NOISE_COLOR.dark})`);
}
