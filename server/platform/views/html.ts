import { create } from 'express-handlebars';

const { SafeString, escapeExpression } = create().handlebars as unknown as {
  SafeString: new (html: string) => { toString(): string; toHTML(): string };
  escapeExpression(value: unknown): string;
};

/** Markup that Handlebars prints as it is. */
export type Html = InstanceType<typeof SafeString>;

/** Builds markup; every value is escaped unless it is markup itself, so there is no unescaped way in. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  return new SafeString(strings.reduce((text, part, index) => `${text}${escapeValue(values[index - 1])}${part}`));
}

/** Marks text as markup: only for what a template or a file of ours produced. */
export function trusted(markup: string): Html {
  return new SafeString(markup);
}

/** Text made safe to stand between tags or in a quoted attribute; markup stays. Absent values are empty. */
export function escapeValue(value: unknown): string {
  if (value === undefined || value === null || value === false) return '';
  return escapeExpression(value);
}

/** ` name="value"`, or nothing when the value is absent. */
export function attribute(name: string, value: unknown): Html {
  return value === undefined || value === null || value === false || value === '' ? trusted('') : html` ${trusted(name)}="${value}"`;
}
