import { checkTruths } from './county/run-truths';
import { withDatabase } from './county/with-database';

// `npm run check:truths`: every invariant as a query over the database that MONGODB_URI names. Ends with 1 when one does not hold.
withDatabase(async (config) => {
  const violations = await checkTruths(config.ledger);
  for (const { truth, what, where } of violations) console.log(`${truth}  ${where}: ${what}`);
  console.log(violations.length === 0 ? 'All invariants hold.' : `${violations.length} violations.`);
  process.exitCode = violations.length === 0 ? 0 : 1;
});
