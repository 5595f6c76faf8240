import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Locale } from '../../kernel/context';
import { projectRoot } from '../views/project-root';

/** Chinese first: what is not asked for in another language is said in Chinese. */
export const locales = ['zh-CN', 'en'] as const satisfies readonly Locale[];
export const firstLocale: Locale = 'zh-CN';

export const localesFolder = join(projectRoot, 'locales');

/** True for a language we speak. */
export function isLocale(text: unknown): text is Locale {
  return locales.some((locale) => locale === text);
}

/** The namespaces: one per file of the first language, `donations` for `locales/zh-CN/donations.json`. A room adds its own file. */
export function namespacesIn(folder: string): string[] {
  return readdirSync(join(folder, firstLocale))
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .sort();
}
