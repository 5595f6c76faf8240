import type { Role } from '../../server/kernel/roles';

/** The named people of the demo, the tests and the docs. All are invented; the county exists in no list of divisions. */
export interface Officer {
  key: string;
  name: string;
  /** Mobile, which is the login. */
  mobile: string;
  role: Role;
  /** Division code; for a clerk the key of the shop. */
  scope: string;
  /** A second place of the same role. */
  also?: string;
}

export const county = '130499';
export const anning = '130499101';
export const qinghe = '130499201';
export const liushu = '130499101201';
export const shiqiao = '130499101202';
export const hewan = '130499201201';
export const villages = [liushu, shiqiao, hewan] as const;

export const officers: readonly Officer[] = [
  { key: 'cadre-liushu', name: '何平', mobile: '13900000101', role: 'villageCadre', scope: liushu, also: shiqiao },
  { key: 'cadre-hewan', name: '马志强', mobile: '13900000102', role: 'villageCadre', scope: hewan },
  { key: 'township-anning', name: '李秀英', mobile: '13900000111', role: 'townshipOfficer', scope: anning },
  { key: 'township-qinghe', name: '宋洁', mobile: '13900000112', role: 'townshipOfficer', scope: qinghe },
  { key: 'department', name: '高远', mobile: '13900000121', role: 'departmentOfficer', scope: county },
  { key: 'manager-1', name: '陈建华', mobile: '13900000131', role: 'fundManager', scope: county },
  { key: 'manager-2', name: '孙丽', mobile: '13900000132', role: 'fundManager', scope: county },
  { key: 'finance-1', name: '周燕', mobile: '13900000141', role: 'financeOfficer', scope: county },
  { key: 'finance-2', name: '郑伟', mobile: '13900000142', role: 'financeOfficer', scope: county },
  { key: 'finance-3', name: '吴敏', mobile: '13900000143', role: 'financeOfficer', scope: county },
  { key: 'clerk-liushu', name: '马莲', mobile: '13900000151', role: 'shopClerk', scope: 'shop-liushu' },
  { key: 'clerk-hewan', name: '田芳', mobile: '13900000152', role: 'shopClerk', scope: 'shop-hewan' },
  { key: 'auditor', name: '许文', mobile: '13900000161', role: 'auditor', scope: county },
  { key: 'admin', name: '杨军', mobile: '13900000171', role: 'countyAdmin', scope: county },
];

/** Who may raise money for the fund: the holder of its account and its certificate, and the payee of its receipts. */
export const charity = '和安县慈善总会';

/** Organisations that give, with the person who acts for each. Codes have right check digits and belong to nobody. */
export const organisations = [
  {
    key: 'hengtong',
    kind: 'company',
    name: '和安县恒通机械有限公司',
    creditCode: '91130499MA0DEM013U',
    contact: '刘芳',
    mobile: '13900005821',
  },
  {
    key: 'fengshou',
    kind: 'company',
    name: '和安县丰收粮油有限公司',
    creditCode: '91130499MA0DEM021N',
    contact: '郭明',
    mobile: '13900005822',
  },
  { key: 'union', kind: 'tradeUnion', name: '和安县总工会', creditCode: '81130499MC0001015Q', contact: '韩梅', mobile: '13900005831' },
  {
    key: 'women',
    kind: 'womensFederation',
    name: '和安县妇女联合会',
    creditCode: '13130499MB000102X3',
    contact: '冯霞',
    mobile: '13900005832',
  },
] as const;

/** The five families that have names. Identity numbers have right check digits and an area that was never issued. */
export const families = [
  { key: 'zhang', head: '张小明', village: hewan, cause: 'illness', group: 'marginal', mobile: '13900001001' },
  { key: 'li', head: '李春梅', village: liushu, cause: 'schooling', group: 'unstable', mobile: '13900001002' },
  { key: 'wang', head: '王建国', village: shiqiao, cause: 'illness', group: 'marginal', mobile: '13900001003' },
  { key: 'zhao', head: '赵敏', village: hewan, cause: 'disaster', group: 'unstable', mobile: '13900001004' },
  { key: 'ouyang', head: '欧阳建国', village: liushu, cause: 'accident', group: 'marginal', mobile: '13900001005' },
] as const;

export const shops = [
  { key: 'shop-liushu', name: '柳树村暖心超市', village: liushu },
  { key: 'shop-hewan', name: '河湾村暖心超市', village: hewan },
] as const;
