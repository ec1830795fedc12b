import { hidden } from '../detect/hidden.ts';

export const planted: unknown = hidden;
