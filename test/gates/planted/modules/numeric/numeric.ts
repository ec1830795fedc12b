import { detect } from '../detect/detect.ts';

export const planted: unknown = detect;
