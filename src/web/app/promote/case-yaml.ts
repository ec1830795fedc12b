/** The lines of a suite that are one of its cases, without their indentation; '' where it is not found. */
export function caseYaml(yaml: string, id: string): string {
  const lines = yaml.split('\n');
  const from = lines.findIndex((line) => line.trim() === `- id: ${id}`);
  if (from < 0) return '';
  const margin = lines[from]!.indexOf('-');
  const length = lines
    .slice(from + 1)
    .findIndex((line) => /\S/.test(line) && indent(line) <= margin);
  return lines
    .slice(from, length < 0 ? undefined : from + 1 + length)
    .map((line) => line.slice(margin))
    .join('\n')
    .trimEnd();
}

const indent = (line: string): number => line.search(/\S/);
