import { answering } from './share.ts';

export const answer = answering();
