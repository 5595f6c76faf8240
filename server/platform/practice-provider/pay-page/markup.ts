/** Text that is HTML already. Everything else is escaped when it enters a template. */
export class Markup {
  constructor(readonly html: string) {}
}

type Part = string | number | Markup | readonly Markup[] | null;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Template tag for HTML: escapes what is put in, text and attribute alike; null leaves nothing. Attributes must be quoted. */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(texts.reduce((page, text, index) => page + written(parts[index - 1] ?? null) + text));
}

function written(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.html;
  if (typeof part === 'object') return part.map(({ html: inner }) => inner).join('');
  return String(part).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
