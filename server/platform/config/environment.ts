import { z } from '../validation/zod';

const flag = z.enum(['true', 'false']).default('false');
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** True when an origin is this machine, where plain http cannot be overheard. */
export function isLoopback(origin: string): boolean {
  return loopbackHosts.includes(new URL(origin).hostname);
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username;
}

const origin = z
  .string()
  .refine(isOrigin, 'must be an origin such as https://example.org, without a path')
  .transform((text) => new URL(text).origin);
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));
const key32 = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === 32, 'must be 32 bytes in base64 (openssl rand -base64 32)');
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()));

/** Words in Chinese, and after a bar in English; one language alone stands for both. */
const bilingual = z.string().transform((text) => {
  const [chinese = '', english = chinese] = text.split('|').map((part) => part.trim());
  return { 'zh-CN': chinese, en: english };
});

const dataKeys = list
  .refine((parts) => parts.every((part) => /^\d{1,4}:/.test(part)), 'must be a list such as 2:<base64>,1:<base64>, newest first')
  .transform((parts) => parts.map((part) => ({ version: Number.parseInt(part, 10), bytes: part.slice(part.indexOf(':') + 1) })))
  .pipe(z.array(z.object({ version: z.number(), bytes: key32 })))
  .refine((keys) => new Set(keys.map((key) => key.version)).size === keys.length, 'must not name a version twice');

/**
 * Every setting that the environment may hold; there is no other place where one is read. The order is the order of README's table,
 * which `npx tsx scripts/config-table.ts` writes from the descriptions here.
 */
export const environment = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production').describe('`development` reads changed pages at once'),
  PORT: whole(0, 65_535).prefault('3000').describe('Port of the web process; 0 takes a free one'),
  HOST: z.string().default('127.0.0.1').describe('Address the web process listens on; `0.0.0.0` behind a proxy or in a container'),
  PUBLIC_BASE_URL: origin.describe(
    'Origin that browsers see. Builds links and the return from the payment page; https, except on this machine',
  ),
  DATA_DIR: z.string().default('.data').describe('Folder for what embedded servers and backups keep'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://')
    .describe(
      'MongoDB 6 or newer, replica set or sharded cluster, with the database name. `npm run demo` and `npm run dev` start their own without it',
    ),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://')
    .describe('Redis 7 or Valkey with AOF and `noeviction`. `npm run demo` and `npm run dev` start their own without it'),
  LEDGER_ID: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/, 'must be up to 20 lower-case letters, digits and hyphens')
    .default('hean')
    .describe('The county whose book this process serves'),
  COUNTY_NAME: z.string().default('和安县').describe('Name of the county in Chinese'),
  COUNTY_NAME_EN: z.string().default('He’an County').describe('Name of the county in English'),
  FUND_OPERATOR: bilingual
    .optional()
    .describe('Who runs the fund, for the foot of public pages: `中文 | English`; the six `FUND_` go together'),
  FUND_AUDITOR: bilingual.optional().describe('Who audits the fund: `中文 | English`'),
  FUND_ADDRESS: bilingual.optional().describe('Where letters go: `中文 | English`'),
  FUND_HOURS: bilingual.optional().describe('When the phone is answered: `中文 | English`'),
  FUND_PHONE: z
    .string()
    .regex(/^[\d+][\d -]{4,19}$/, 'must be a phone number')
    .optional()
    .describe('Phone for questions, objections and lost passwords'),
  FUND_EMAIL: z.email('must be an e-mail address').optional().describe('Mailbox of the supervisors'),
  SESSION_SECRET: z.string().min(32, 'must have at least 32 characters').describe('Signs session cookies'),
  DATA_KEYS: dataKeys.describe(
    'Keys that encrypt personal data, `version:base64` of 32 bytes, newest first; keep old ones as long as data needs them',
  ),
  HASH_KEY: key32.describe('Key of the hashes by which encrypted data is found, 32 bytes in base64; never changes'),
  DEMO: flag.describe('`true` shows the demonstration line, offers the sample cast at sign-in and has built-in secrets'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info').describe('Least severe line that is logged'),
  TRUST_PROXY: whole(0, 10).prefault('0').describe('How many proxies in front set `X-Forwarded-For`'),
  METRICS_TOKEN: z
    .string()
    .regex(/^\S{16,}$/, 'must have at least 16 characters, without blanks')
    .optional()
    .describe('What Prometheus sends as `Authorization: Bearer` to `/metrics`; without it only this machine may ask'),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(live|test)_\w+$/, 'must begin with sk_ or rk_')
    .optional()
    .describe('Key of the payment provider; without it the county takes no cards or wallets'),
  STRIPE_API_BASE: origin.optional().describe('Another address of the provider, such as the practice provider; absent means Stripe itself'),
  STRIPE_WEBHOOK_SECRETS: list
    .refine((secrets) => secrets.every((secret) => /^whsec_\S+$/.test(secret)), 'each must begin with whsec_')
    .optional()
    .describe('Secrets of the webhook, newest first, comma between'),
  STRIPE_WEBHOOK_TOLERANCE_S: whole(1, 3600).prefault('300').describe('Seconds by which a webhook may be late or early'),
  STRIPE_TIMEOUT_MS: whole(100, 80_000).prefault('10000').describe('Milliseconds to wait for an answer of the provider'),
  STRIPE_MAX_RETRIES: whole(0, 10).prefault('2').describe('How often a call to the provider is repeated'),
});

/** What the demonstration and the tests use where a real county must choose. Public, so worth nothing anywhere else. */
export function practiceValues(port = '3000'): Record<string, string> {
  return {
    PUBLIC_BASE_URL: `http://localhost:${/^\d{1,5}$/.test(port) ? port : '3000'}`, // a wrong port is reported under its own name
    SESSION_SECRET: 'warm-heart-demonstration-only-not-a-secret',
    DATA_KEYS: `1:${Buffer.alloc(32, 'demonstration').toString('base64')}`,
    HASH_KEY: Buffer.alloc(32, 'warm-heart').toString('base64'),
    FUND_OPERATOR: '和安县民政局 | He’an County Civil Affairs Bureau',
    FUND_AUDITOR: '和安诚信会计师事务所 | He’an Chengxin Accountants',
    FUND_ADDRESS: '和安县安宁镇人民路 18 号 | 18 Renmin Road, Anning, He’an County',
    FUND_HOURS: '工作日 8:30–17:30 | Working days 8:30–17:30',
    FUND_PHONE: '0310-555-0123',
    FUND_EMAIL: 'jiandu@hean.example',
  };
}
