import { environment, practiceValues } from './environment';

const start = '<!-- config:start -->';
const end = '<!-- config:end -->';

/** README's table of settings, made from the schema, so that the two cannot differ. */
function configTable(): string {
  const practice = practiceValues();
  const rows = Object.entries(environment.shape).map(
    ([name, field]) => `| \`${name}\` | ${standard(name, field, practice)} | ${field.description ?? ''} |`,
  );
  return ['| setting | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

function standard(
  name: string,
  field: (typeof environment.shape)[keyof typeof environment.shape],
  practice: Record<string, string>,
): string {
  const read = field.safeParse(undefined);
  if (!read.success) return name in practice ? 'required (the demo has its own)' : 'required';
  return read.data === undefined ? '–' : `\`${String(read.data)}\``;
}

/** The text with the table between its two marks replaced; throws when the marks are missing. */
export function withConfigTable(text: string): string {
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the marks ${start} and ${end} are missing`);
  return `${text.slice(0, from + start.length)}\n${configTable()}\n${text.slice(to)}`;
}
