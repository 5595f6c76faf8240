import { runTruths } from './county/run-truths';

// `npm run check:truths`: every invariant as a query over the database that MONGODB_URI names. Ends with 1 when one does not hold.
runTruths(process.env).then(
  (violations) => {
    for (const { truth, what, where } of violations) console.log(`${truth}  ${where}: ${what}`);
    console.log(violations.length === 0 ? 'All invariants hold.' : `${violations.length} violations.`);
    process.exitCode = violations.length === 0 ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
