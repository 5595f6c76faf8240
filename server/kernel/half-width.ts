const fullWidth = /[\uFF01-\uFF5E\uFFE5\u3000]/g;

/**
 * What a Chinese keyboard types wide, as plain ASCII: １ → 1, ， → `,`, ￥ → ¥, the wide blank → a blank.
 * Not Unicode's NFKC, which would also turn 10² into 102.
 */
export function halfWidth(text: string): string {
  return text.replace(fullWidth, (wide) => {
    if (wide === '\u3000') return ' ';
    return wide === '\uFFE5' ? '¥' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0);
  });
}

/** The characters of a code that people type in groups: half width, capital letters, without blanks and hyphens. */
export function bareCode(text: string): string {
  return halfWidth(text).replace(/[\s-]/g, '').toUpperCase();
}
