/**
 * Whether a version of the package (`1.2.3`, `1.2.3-beta.1`) comes before another, by its three numbers; a pre-release comes
 * before its release.
 */
export function isBefore(version: string, other: string): boolean {
  const [left, right] = [partsOf(version), partsOf(other)];
  for (const [at, part] of left.entries()) {
    const against = right[at] ?? 0;
    if (part !== against) return part < against;
  }
  return false;
}

const partsOf = (version: string): readonly number[] => {
  const [numbers = '', ...rest] = version.split('-');
  const [major = 0, minor = 0, patch = 0] = numbers.split('.').map((part) => Number(part) || 0);
  return [major, minor, patch, rest.length === 0 ? 1 : 0];
};
