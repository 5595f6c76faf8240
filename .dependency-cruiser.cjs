// Rooms are levelled (README, "Map of the code"): an import goes to a lower level, through the other room's index.ts only.
const levels = [
  ['kernel'],
  ['platform'],
  ['audit'],
  ['identity', 'ledger', 'settings'],
  ['books', 'regions'],
  ['households', 'funds', 'notices'],
  ['relief', 'donations', 'points', 'payments'],
  ['insurance', 'supermarket', 'reconciliation'],
  ['monitoring', 'kiosk'],
  ['aid', 'livelihood', 'filial-fund'],
  ['risks', 'screening'],
  ['transparency', 'dashboard'],
];
const openRooms = '^server/(kernel|platform)/'; // kernel and platform have no index.ts: their files are named one by one

const upward = levels
  .flatMap((rooms, level) =>
    rooms.map((room) => ({
      name: `${room}-imports-only-lower-rooms`,
      severity: 'error',
      comment: `server/${room} is on level ${level}`,
      from: { path: `^server/${room}/` },
      to: {
        path: `^server/(${levels
          .slice(level)
          .flat()
          .filter((other) => other !== room)
          .join('|')})/`,
      },
    })),
  )
  .filter((rule) => !rule.to.path.includes('()'));

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'through-the-index',
      severity: 'error',
      comment: 'another room is used through its index.ts; kernel and platform are used file by file',
      from: { path: '^server/([^/]+)/' },
      to: { path: '^server/[^/]+/', pathNot: ['^server/$1/', openRooms, '^server/[^/]+/index\\.ts$'] },
    },
    {
      name: 'jobs-through-the-index',
      severity: 'error',
      from: { path: '^jobs/' },
      to: { path: '^server/[^/]+/', pathNot: [openRooms, '^server/[^/]+/index\\.ts$', '^server/[^/]+\\.ts$'] },
    },
    { name: 'server-knows-no-jobs', severity: 'error', from: { path: '^server/' }, to: { path: '^(jobs|tests|bench|scripts)/' } },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'kernel-does-no-io',
      severity: 'error',
      from: { path: '^server/kernel/' },
      to: {
        dependencyTypes: ['npm', 'core'],
        pathNot: ['^crypto$', 'node_modules/(big\\.js|zod|pinyin-pro)/', 'node_modules/@types/big\\.js/'],
      },
    },
    {
      name: 'only-platform-imports-stripe',
      severity: 'error',
      from: { path: '^(server|jobs)/', pathNot: '^server/platform/' },
      to: { path: 'node_modules/(stripe|ioredis|bullmq|nodemailer|exceljs|pdfmake|passport|qrcode|echarts)/' },
    },
    {
      name: 'mongoose-only-in-models-and-ledger',
      severity: 'error',
      from: { path: '^(server|jobs)/', pathNot: ['\\.model\\.ts$', '^server/platform/', '^server/ledger/'] },
      to: { path: 'node_modules/(mongoose|mongodb)/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'default', 'types'],
    },
  },
};
