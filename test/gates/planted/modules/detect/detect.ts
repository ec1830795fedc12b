export const detect = 1;
