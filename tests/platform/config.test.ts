import { readFileSync } from 'node:fs';
import { ConfigError, loadConfig } from '../../server/platform/config/config';
import { withConfigTable } from '../../server/platform/config/config-table';

const key = Buffer.alloc(32, 7).toString('base64');
const county = {
  PUBLIC_BASE_URL: 'https://fund.example.org',
  MONGODB_URI: 'mongodb://db/warm-heart?replicaSet=rs0',
  REDIS_URL: 'redis://redis:6379',
  SESSION_SECRET: 'a-secret-of-at-least-thirty-two-letters',
  DATA_KEYS: `1:${key}`,
  HASH_KEY: key,
};

const refusal = (env: Record<string, string | undefined>): string => {
  try {
    loadConfig(env);
    return 'started';
  } catch (error) {
    return error instanceof ConfigError ? error.message : `another error: ${error}`;
  }
};

test('a county with its six settings starts, without a payment provider', () => {
  const config = loadConfig(county);
  expect(config).toMatchObject({ port: 3000, ledger: 'hean', demo: false, publicBaseUrl: 'https://fund.example.org', trustProxy: 0 });
  expect(config).not.toHaveProperty('stripe');
});

test.each`
  change                                                                                 | says
  ${{ MONGODB_URI: undefined }}                                                          | ${'MONGODB_URI: is required'}
  ${{ MONGODB_URI: '' }}                                                                 | ${'MONGODB_URI: is required'}
  ${{ REDIS_URL: 'http://x' }}                                                           | ${'REDIS_URL: must begin with redis://'}
  ${{ SESSION_SECRET: undefined }}                                                       | ${'SESSION_SECRET: is required'}
  ${{ SESSION_SECRET: 'short' }}                                                         | ${'SESSION_SECRET: must have at least 32 characters'}
  ${{ DATA_KEYS: undefined }}                                                            | ${'DATA_KEYS: is required'}
  ${{ DATA_KEYS: key }}                                                                  | ${'DATA_KEYS: must be a list such as'}
  ${{ DATA_KEYS: '1:c2hvcnQ=' }}                                                         | ${'DATA_KEYS: must be 32 bytes'}
  ${{ DATA_KEYS: `1:${key},1:${key}` }}                                                  | ${'DATA_KEYS: must not name a version twice'}
  ${{ HASH_KEY: 'abc' }}                                                                 | ${'HASH_KEY: must be 32 bytes'}
  ${{ PORT: '70000' }}                                                                   | ${'PORT: must be at most 65535'}
  ${{ PORT: '3e3' }}                                                                     | ${'PORT: must be a whole number'}
  ${{ DEMO: 'yes' }}                                                                     | ${'DEMO: must be one of true, false'}
  ${{ LOG_LEVEL: 'loud' }}                                                               | ${'LOG_LEVEL: must be one of fatal'}
  ${{ LEDGER_ID: 'He an' }}                                                              | ${'LEDGER_ID: must be up to 20'}
  ${{ PUBLIC_BASE_URL: 'http://fund.example.org' }}                                      | ${'PUBLIC_BASE_URL: plain http is allowed only on this machine'}
  ${{ PUBLIC_BASE_URL: 'https://fund.example.org/app' }}                                 | ${'PUBLIC_BASE_URL: must be an origin'}
  ${{ STRIPE_SECRET_KEY: 'sk_test_1' }}                                                  | ${'STRIPE_WEBHOOK_SECRETS: is required together'}
  ${{ STRIPE_SECRET_KEY: 'hello' }}                                                      | ${'STRIPE_SECRET_KEY: must begin with sk_'}
  ${{ STRIPE_WEBHOOK_SECRETS: 'whsec_1,,whsec_2' }}                                      | ${'STRIPE_WEBHOOK_SECRETS: each must begin with whsec_'}
  ${{ STRIPE_API_BASE: 'https://127.0.0.1:12111/v1' }}                                   | ${'STRIPE_API_BASE: must be an origin'}
  ${{ STRIPE_API_BASE: 'http://stripe.example.org' }}                                    | ${'STRIPE_API_BASE: plain http is allowed only on this machine'}
  ${{ STRIPE_API_BASE: 'http://127.0.0.1:12111', STRIPE_SECRET_KEY: 'sk_live_1' }}       | ${'STRIPE_API_BASE: must not be set together with a live'}
  ${{ STRIPE_WEBHOOK_TOLERANCE_S: '0' }}                                                 | ${'STRIPE_WEBHOOK_TOLERANCE_S: must be at least 1'}
  ${{ DEMO: 'true', STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_WEBHOOK_SECRETS: 'whsec_1' }} | ${'STRIPE_SECRET_KEY: a live key must not be used in a demonstration'}
  ${{ FUND_PHONE: '0310-555-0123' }}                                                     | ${'FUND_OPERATOR, FUND_AUDITOR, FUND_ADDRESS, FUND_HOURS, FUND_EMAIL: required together'}
  ${{ FUND_PHONE: 'ask at the door' }}                                                   | ${'FUND_PHONE: must be a phone number'}
`('refuses to start on $change', ({ change, says }) => {
  expect(refusal({ ...county, ...change })).toContain(says);
});

test('names every wrong setting at once, and no value', () => {
  const message = refusal({ ...county, SESSION_SECRET: 'hunter2', HASH_KEY: 'hunter3' });
  expect(message).toMatch(/SESSION_SECRET.*HASH_KEY/s);
  expect(message).not.toContain('hunter');
});

test('the demonstration brings secrets of its own, but no servers', () => {
  const urls = { MONGODB_URI: county.MONGODB_URI, REDIS_URL: county.REDIS_URL };
  expect(loadConfig({ DEMO: 'true', PORT: '8080', ...urls })).toMatchObject({ demo: true, publicBaseUrl: 'http://localhost:8080' });
  expect(refusal({ DEMO: 'true' })).toContain('MONGODB_URI: is required');
});

test('says in both languages who runs the fund, or in the one that was given', () => {
  const { footer } = loadConfig({
    ...county,
    FUND_OPERATOR: '和安县民政局 | He’an County Civil Affairs Bureau',
    FUND_AUDITOR: '和安诚信会计师事务所',
    FUND_ADDRESS: '安宁镇人民路 18 号 | 18 Renmin Road, Anning',
    FUND_HOURS: '工作日 8:30–17:30 | Working days 8:30–17:30',
    FUND_PHONE: '0310-555-0123',
    FUND_EMAIL: 'jiandu@hean.example',
  });
  expect(footer?.['zh-CN']).toMatchObject({ operator: '和安县民政局', auditor: '和安诚信会计师事务所', phone: '0310-555-0123' });
  expect(footer?.en).toMatchObject({ operator: 'He’an County Civil Affairs Bureau', auditor: '和安诚信会计师事务所' });
});

test('splits secrets that are being rolled, newest first', () => {
  const config = loadConfig({
    ...county,
    DATA_KEYS: `2:${key}, 1:${key}`,
    STRIPE_SECRET_KEY: 'sk_test_1',
    STRIPE_WEBHOOK_SECRETS: 'whsec_new, whsec_old',
    STRIPE_API_BASE: 'http://127.0.0.1:12111/',
  });
  expect(config.dataKeys.map(({ version }) => version)).toEqual([2, 1]);
  expect(config.stripe).toMatchObject({ webhookSecrets: ['whsec_new', 'whsec_old'], apiBase: 'http://127.0.0.1:12111', maxRetries: 2 });
});

test("README's table is the schema (npx tsx scripts/config-table.ts writes it)", () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme).toBe(withConfigTable(readme));
});
