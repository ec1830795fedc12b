/** Whether a number is an exact multiple of another in their decimal forms: 0.3 of 0.1. */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (!Number.isFinite(value) || !Number.isFinite(divisor) || divisor <= 0) return false;
  const [digits, exponent] = decimal(value);
  const [by, byExponent] = decimal(divisor);
  const shift = exponent - byExponent;
  return shift >= 0
    ? (digits * 10n ** BigInt(shift)) % by === 0n
    : digits % (by * 10n ** BigInt(-shift)) === 0n;
}

/** Digits as one integer, and the power of ten they are multiplied by. */
function decimal(value: number): [digits: bigint, exponent: number] {
  const [digits = '', exponent = '0'] = Math.abs(value).toString().split('e');
  const point = digits.indexOf('.');
  const fraction = point === -1 ? 0 : digits.length - point - 1;
  return [BigInt(digits.replace('.', '')), Number(exponent) - fraction];
}
