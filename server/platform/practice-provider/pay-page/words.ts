import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '../../../kernel/context';
import { z } from '../../validation/zod';
import { projectRoot } from '../../views/project-root';

/** Gives a text of `practice.json` in one language, with its `{{names}}` filled in. */
export type Words = (key: string, values?: Record<string, string>) => string;

const texts = z.record(z.string(), z.string());

/** Reads the texts of both languages. Its own small reader: the practice provider is an app apart from the county's. */
export function loadWords(): Record<Locale, Words> {
  return { 'zh-CN': wordsOf('zh-CN'), en: wordsOf('en') };
}

function wordsOf(locale: Locale): Words {
  const known = texts.parse(JSON.parse(readFileSync(join(projectRoot, 'locales', locale, 'practice.json'), 'utf8')));
  return (key, values = {}) => {
    const text = known[key];
    if (text === undefined) throw new Error(`practice.json (${locale}) has no text ${key}`);
    return text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => values[name] ?? '');
  };
}
