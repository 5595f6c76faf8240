import type { Locale } from '../../kernel/context';
import type { z } from '../validation/zod';
import type { SiteFooter } from '../views/locals';
import { environment, isLoopback, practiceValues } from './environment';

/** A setting is missing or wrong. The message names the variable and never its value. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`Cannot start:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

export interface DataKey {
  version: number;
  bytes: Buffer;
}

export interface StripeConfig {
  secretKey: string;
  /** Origin of another provider; absent for Stripe itself. */
  apiBase?: string;
  webhookSecrets: readonly string[];
  webhookToleranceS: number;
  timeoutMs: number;
  maxRetries: number;
}

/** What a process needs to know about where and how it runs. */
export interface Config {
  mode: 'production' | 'development' | 'test';
  port: number;
  host: string;
  /** Origin that browsers see, without a slash at its end. */
  publicBaseUrl: string;
  dataDir: string;
  mongodbUri: string;
  redisUrl: string;
  ledger: string;
  countyName: Readonly<Record<Locale, string>>;
  /** Who runs and audits the fund and whom to call; absent until a county says so. */
  footer?: Readonly<Record<Locale, SiteFooter>>;
  sessionSecret: string;
  /** Newest first: the first encrypts, all decrypt. */
  dataKeys: readonly DataKey[];
  hashKey: Buffer;
  demo: boolean;
  logLevel: string;
  /** Number of proxies whose forwarded address is believed. */
  trustProxy: number;
  /** Opens `/metrics`; absent where only this machine may ask. */
  metricsToken?: string;
  /** Absent where the county takes no cards or wallets. */
  stripe?: StripeConfig;
}

type Environment = z.output<typeof environment>;

const footerLines = ['FUND_OPERATOR', 'FUND_AUDITOR', 'FUND_ADDRESS', 'FUND_HOURS', 'FUND_PHONE', 'FUND_EMAIL'] as const;

/**
 * Reads all settings from the environment. Where secrets have no place (demonstration, tests) built-in ones stand in.
 * @throws {@link ConfigError} that lists every wrong variable with what it must be.
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const practice = given['DEMO'] === 'true' || given['NODE_ENV'] === 'test';
  const read = environment.safeParse(practice ? { ...practiceValues(given['PORT']), ...given } : given);
  if (!read.success) throw new ConfigError(read.error.issues.map((issue) => `${String(issue.path[0])}: ${wording(issue, given)}`));
  const problems = contradictions(read.data, practice);
  if (problems.length > 0) throw new ConfigError(problems);
  return configOf(read.data);
}

function wording(issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  if (!(String(issue.path[0]) in given)) return 'is required';
  return issue.code === 'invalid_value' ? `must be one of ${issue.values.join(', ')}` : issue.message;
}

/** Rules over several settings. Plain http, or another payment provider, beside real money would be a hole, so they refuse to start. */
function contradictions(env: Environment, practice: boolean): string[] {
  const problems: string[] = [];
  if (!practice && env.PUBLIC_BASE_URL.startsWith('http:') && !isLoopback(env.PUBLIC_BASE_URL)) {
    problems.push('PUBLIC_BASE_URL: plain http is allowed only on this machine');
  }
  if (env.STRIPE_API_BASE?.startsWith('http:') && !isLoopback(env.STRIPE_API_BASE)) {
    problems.push('STRIPE_API_BASE: plain http is allowed only on this machine');
  }
  if (env.STRIPE_API_BASE && /^(sk|rk)_live_/.test(env.STRIPE_SECRET_KEY ?? '')) {
    problems.push('STRIPE_API_BASE: must not be set together with a live STRIPE_SECRET_KEY');
  }
  if (env.DEMO === 'true' && /^(sk|rk)_live_/.test(env.STRIPE_SECRET_KEY ?? '')) {
    problems.push('STRIPE_SECRET_KEY: a live key must not be used in a demonstration');
  }
  if (env.STRIPE_SECRET_KEY && !env.STRIPE_WEBHOOK_SECRETS && !practice) {
    problems.push('STRIPE_WEBHOOK_SECRETS: is required together with STRIPE_SECRET_KEY');
  }
  const missing = footerLines.filter((line) => env[line] === undefined);
  if (missing.length > 0 && missing.length < footerLines.length)
    problems.push(`${missing.join(', ')}: required together with the other FUND_`);
  return problems;
}

function configOf(env: Environment): Config {
  const footer = footerOf(env);
  return {
    mode: env.NODE_ENV,
    port: env.PORT,
    host: env.HOST,
    publicBaseUrl: env.PUBLIC_BASE_URL,
    dataDir: env.DATA_DIR,
    mongodbUri: env.MONGODB_URI,
    redisUrl: env.REDIS_URL,
    ledger: env.LEDGER_ID,
    countyName: { 'zh-CN': env.COUNTY_NAME, en: env.COUNTY_NAME_EN },
    ...(footer && { footer }),
    sessionSecret: env.SESSION_SECRET,
    dataKeys: env.DATA_KEYS,
    hashKey: env.HASH_KEY,
    demo: env.DEMO === 'true',
    logLevel: env.LOG_LEVEL,
    trustProxy: env.TRUST_PROXY,
    ...(env.METRICS_TOKEN && { metricsToken: env.METRICS_TOKEN }),
    ...(env.STRIPE_SECRET_KEY && { stripe: stripeOf(env, env.STRIPE_SECRET_KEY) }),
  };
}

function footerOf(env: Environment): Config['footer'] {
  const { FUND_OPERATOR: operator, FUND_AUDITOR: auditor, FUND_ADDRESS: address, FUND_HOURS: hours } = env;
  const { FUND_PHONE: phone, FUND_EMAIL: email } = env;
  if (!operator || !auditor || !address || !hours || !phone || !email) return undefined;
  const at = (locale: Locale): SiteFooter => ({
    operator: operator[locale],
    auditor: auditor[locale],
    address: address[locale],
    hours: hours[locale],
    phone,
    email,
  });
  return { 'zh-CN': at('zh-CN'), en: at('en') };
}

function stripeOf(env: Environment, secretKey: string): StripeConfig {
  return {
    secretKey,
    ...(env.STRIPE_API_BASE && { apiBase: env.STRIPE_API_BASE }),
    webhookSecrets: env.STRIPE_WEBHOOK_SECRETS ?? [],
    webhookToleranceS: env.STRIPE_WEBHOOK_TOLERANCE_S,
    timeoutMs: env.STRIPE_TIMEOUT_MS,
    maxRetries: env.STRIPE_MAX_RETRIES,
  };
}
