import { CLUSTER_COLOURS, NOISE_COLOUR } from '../model/palette.ts';

/** Lets style objects set custom properties. */
declare module 'react' {
  interface CSSProperties {
    '--colour'?: string;
    '--part'?: string;
  }
}

/** CSS variable of a cluster's colour by its position in the ranking; -1 is noise. */
export function colourVariable(position: number): string {
  return position < 0
    ? 'var(--noise)'
    : `var(--cluster-${position % CLUSTER_COLOURS.light.length})`;
}

/** Sets the variables once; the browser picks the scheme. */
export function defineColours(element: HTMLElement): void {
  CLUSTER_COLOURS.light.forEach((light, i) => {
    const dark = CLUSTER_COLOURS.dark[i] ?? light;
    element.style.setProperty(`--cluster-${i}`, `light-dark(${light}, ${dark})`);
  });
  element.style.setProperty('--noise', `light-dark(${NOISE_COLOUR.light}, ${NOISE_COLOUR.dark})`);
}
