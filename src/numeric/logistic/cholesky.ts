/**
 * Solves A x = b for a symmetric positive definite matrix, row-major; `matrix` becomes its factor and `b` the solution.
 * Only the lower triangle is read. False where the matrix is not positive definite to working precision.
 * Cost order³ / 6 multiplications.
 */
export function solvePositive(matrix: Float64Array, b: Float64Array, order: number): boolean {
  for (let column = 0; column < order; column++) {
    const top = column * order;
    let pivot = matrix[top + column]!;
    for (let k = 0; k < column; k++) pivot -= matrix[top + k]! * matrix[top + k]!;
    if (!(pivot > 0)) return false;
    const root = Math.sqrt(pivot);
    matrix[top + column] = root;
    for (let row = column + 1; row < order; row++) {
      const left = row * order;
      let sum = matrix[left + column]!;
      for (let k = 0; k < column; k++) sum -= matrix[left + k]! * matrix[top + k]!;
      matrix[left + column] = sum / root;
    }
  }
  for (let row = 0; row < order; row++) {
    let sum = b[row]!;
    for (let k = 0; k < row; k++) sum -= matrix[row * order + k]! * b[k]!;
    b[row] = sum / matrix[row * order + row]!;
  }
  for (let row = order - 1; row >= 0; row--) {
    let sum = b[row]!;
    for (let k = row + 1; k < order; k++) sum -= matrix[k * order + row]! * b[k]!;
    b[row] = sum / matrix[row * order + row]!;
  }
  return true;
}
