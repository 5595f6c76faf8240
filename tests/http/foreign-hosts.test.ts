import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

// Everything that a browser gets comes from the county's own host: no content network, font, map or captcha of somebody else's
// (LIBRARIES: "No foreign hosts"). What pages say at run time is looked at in `every-route.test.ts`.

const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'views', 'public'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(?:hbs|css|ts|js|html|svg|webmanifest)$/.test(file));

const comments = /<!--.*?-->|\{\{!--.*?--\}\}|\/\*.*?\*\/|(?<=^|\s)\/\/ [^\n]*/gs;
const host = /(?:\b(?:https?|wss?):)?\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s"'`)]*/gi;
const isNamespace = (address: string) => address.startsWith('http://www.w3.org/'); // a name in SVG and XHTML, never fetched

function foreignIn(text: string): string[] {
  return [...text.replace(comments, '').matchAll(host)].map(([address]) => address).filter((address) => !isNamespace(address));
}

test('the test sees views, styles, pictures and client code', () => {
  const kinds = new Set(sources.map((file) => file.split('.').at(-1)));
  expect([...kinds]).toEqual(expect.arrayContaining(['hbs', 'css', 'ts', 'svg', 'html']));
});

test('no view, style, picture or client module names a foreign host', () => {
  const named = sources.flatMap((file) => foreignIn(readFileSync(file, 'utf8')).map((address) => `${file}: ${address}`));
  expect(named).toEqual([]);
});

test.each`
  text                                                  | found
  ${'<script src="https://cdn.example.com/a.js">'}      | ${['https://cdn.example.com/a.js']}
  ${'@import url(//fonts.example.com/css)'}             | ${['//fonts.example.com/css']}
  ${"new WebSocket('wss://push.example.com')"}          | ${['wss://push.example.com']}
  ${'<svg xmlns="http://www.w3.org/2000/svg">'}         | ${[]}
  ${'/* https://tabler.io */ a { color: var(--ink); }'} | ${[]}
  ${'const half = 5; // see https://example.com'}       | ${[]}
  ${'<a href="/gifts/1">'}                              | ${[]}
`('$text names $found', ({ text, found }) => expect(foreignIn(text)).toEqual(found));
