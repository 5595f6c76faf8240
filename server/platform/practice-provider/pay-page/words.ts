import { z } from 'zod';
import type { Locale } from '../../../kernel/context';
import { projectFile } from './project-files';

/** Gives a text of `practice.json` in one language, with its `{{names}}` filled in. */
export type Words = (key: string, values?: Record<string, string>) => string;

const texts = z.record(z.string(), z.string());

/** Reads the texts of both languages. Its own small reader: the practice provider is an app apart from the county's. */
export function loadWords(): Record<Locale, Words> {
  return { 'zh-CN': wordsOf('zh-CN'), en: wordsOf('en') };
}

function wordsOf(locale: Locale): Words {
  const known = texts.parse(JSON.parse(projectFile(`locales/${locale}/practice.json`)));
  return (key, values = {}) => {
    const text = known[key];
    if (text === undefined) throw new Error(`practice.json (${locale}) has no text ${key}`);
    return text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => values[name] ?? '');
  };
}
