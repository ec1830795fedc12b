import { NumericError } from './numeric-error.ts';

/** Squares of larger values could overflow float32, in which distances are compared. */
const LARGEST = 1e15;

/** Number of rows of a row-major matrix; throws `invalid_input` on a ragged length, NaN, infinity or a value beyond ±1e15. */
export function checkPoints(points: Float32Array, dimensions: number, name = 'points'): number {
  checkInteger('dimensions', dimensions, 1);
  if (points.length % dimensions !== 0)
    throw new NumericError(
      'invalid_input',
      `${name} has ${points.length} values, which is not a multiple of dimensions (${dimensions})`,
    );
  for (let i = 0; i < points.length; i++)
    if (!(Math.abs(points[i]!) <= LARGEST))
      throw new NumericError(
        'invalid_input',
        `${name} row ${Math.floor(i / dimensions)}, column ${i % dimensions} is ${points[i]}; every value must be finite and within ±1e15`,
      );
  return points.length / dimensions;
}

export function checkInteger(
  name: string,
  value: number,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
  throw new NumericError('invalid_option', `${name} is ${value}; it must be an integer, ${range}`);
}

export function checkNotNegative(name: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return;
  throw new NumericError('invalid_option', `${name} is ${value}; it must be 0 or more`);
}

export function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new NumericError(
    'invalid_option',
    `${name} is "${value}"; it must be one of ${choices.join(', ')}`,
  );
}

export function checkSameLength(
  name: string,
  length: number,
  otherName: string,
  otherLength: number,
): void {
  if (length === otherLength) return;
  throw new NumericError(
    'invalid_input',
    `${name} has ${length} entries and ${otherName} has ${otherLength}; they must have the same length`,
  );
}
