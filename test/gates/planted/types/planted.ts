const numbers: readonly number[] = [];
export const first: number = numbers[0];
