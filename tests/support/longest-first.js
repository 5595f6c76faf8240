const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * The files that take longest, in the order in which workers take them. The first plays the county that others copy; the next need none, so
 * that nobody waits for it. In a fresh clone Jest knows no times and goes by the size of files, which leaves a long one for the end.
 */
const first = [
  'http/every-route',
  'ledger/model',
  'ledger/parallel',
  'browser/aid',
  'browser/redeeming',
  'donations/money-back',
  'browser/giving',
  'kiosk/kiosk-pages',
  'donations/receipts/receipts',
  'donations/monthly/monthly-gifts',
  'donations/paying-online',
  'payments/pay-a-batch',
  'donations/donor-portal',
  'reconciliation/bank-statement',
  'http/county-app',
  'aid/aid-case',
].map((name) => `/tests/${name}.test.ts`);

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const at = first.findIndex((end) => path.endsWith(end));
      return at === -1 ? first.length : at;
    };
    return super.sort(tests).sort((one, other) => place(one) - place(other));
  }
};
