import { lazy } from 'react';
import type { Screen } from '../screen.ts';

/** The page is loaded when it is opened: it has all that the report of a comparison has. */
export const compareScreen: Screen = {
  path: '/compare',
  name: 'Compare',
  icon: 'compare',
  needsAnalysis: false,
  keys: [
    ['v', 'choose sides'],
    ['j k', 'next, previous cause'],
    ['Enter', 'open'],
    ['w', 'what differs'],
    ['{ }', 'other failures before'],
    ['[ ]', 'other failures after'],
    ['m', 'map'],
    ['l', 'lasso'],
    ['y', 'copy'],
    ['Esc', 'back'],
  ],
  view: lazy(async () => ({ default: (await import('./Compare.tsx')).Compare })),
};
