/** Why some routes are open to everybody. Whoever adds one says it here, too, and is asked about it in the review. */
export const openReasons: readonly string[] = [
  'asked by the machine that runs us',
  'people sign in here',
  'who is not signed in has nothing to lose',
  'asks for the second step of a sign-in that has begun',
  'tells how to get a new password',
  'the link itself is the key',
  'the demonstration lets everybody take any seat',
  'anybody may give',
  'whoever has the link of a gift may see its way',
  'whoever has the link of a monthly gift may change it',
  'organisations register themselves',
  'signed by the provider',
  'asks for the code',
  'the code is the permission',
  'the description of the API is public',
  'anyone can check',
  'a public notice is for everybody while it hangs',
  'everybody may know how information is kept',
];

/** Changes that nobody needs to sign in for; each has a limit, a link or a code of its own. */
export const openChanges: readonly string[] = [
  '/sign-in',
  '/sign-out',
  '/sign-in/code',
  '/sign-in/enrolment',
  '/password',
  '/demo/seats/:seat',
  '/gifts',
  '/gifts/:code/payments',
  '/gifts/:code/withdrawals',
  '/goods-offers',
  '/goods-offers/:code/withdrawals',
  '/goods-offers/:code/photos',
  '/goods-offers/:code/photos/:photo/removals',
  '/monthly/:code/payments',
  '/monthly/:code/pauses',
  '/monthly/:code/resumptions',
  '/monthly/:code/ends',
  '/monthly/:code/sums',
  '/donors',
  '/kiosk/pairing',
  '/kiosk/demo-pairings/:id',
];

/** Pages whose reading is itself written down, since they hold personal data in full: an audit event and its note, nothing else. */
export const recordedReads: readonly string[] = ['/payments/batches/:id/file', '/donations/receipts/:id/file'];
export const recordOfReading: readonly string[] = ['auditEvents', 'notes', 'days'];

const countedMiss = ['users', 'auditEvents', 'operations'];

/** Collections that a refused request may write, by route: wrong secrets are counted, so that they cannot be guessed. */
export const writesOfRefusals: Readonly<Record<string, readonly string[]>> = {
  '/me/tokens': countedMiss,
  '/aid/approvals': countedMiss,
  '/api/v1/aid/approvals': countedMiss,
  '/reconciliation/days/:day/signatures': countedMiss,
  '/api/v1/reconciliation/days/:day/signatures': countedMiss,
  '/kiosk/pin': ['householdPins'],
  '/sign-in/code': ['users'],
};
