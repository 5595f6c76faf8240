import type { NavGroup } from '../../server/platform/views/locals';

/** The navigation of a fund manager. */
export const staffNav: readonly NavGroup[] = [
  {
    items: [
      { href: '/queue', icon: 'layout-list', label: '工作台', count: 15, current: true },
      { href: '/dashboard', icon: 'chart-bar', label: '县情总览' },
    ],
  },
  {
    label: '帮扶',
    items: [
      { href: '#1', icon: 'broadcast', label: '监测预警', count: 6 },
      { href: '#2', icon: 'heart-handshake', label: '救助个案', count: 12 },
      { href: '#3', icon: 'speakerphone', label: '公示', count: 3 },
      { href: '#4', icon: 'building-bank', label: '发放批次', count: 1 },
      { href: '#5', icon: 'shield-check', label: '防贫保险' },
    ],
  },
  {
    label: '捐赠与超市',
    items: [
      { href: '#6', icon: 'gift', label: '捐赠' },
      { href: '#7', icon: 'receipt', label: '票据', count: 4 },
      { href: '#8', icon: 'star', label: '积分评定', count: 9 },
      { href: '#9', icon: 'basket', label: '超市与库存' },
    ],
  },
  {
    label: '账',
    items: [
      { href: '#10', icon: 'book-2', label: '账本' },
      { href: '#11', icon: 'scale', label: '对账', count: 2 },
      { href: '#12', icon: 'history', label: '操作记录' },
    ],
  },
];

/** The four tabs of a family. */
export function householdNav(current: string): readonly NavGroup[] {
  const tabs = [
    { href: '/points', icon: 'star', label: '积分' },
    { href: '/shops', icon: 'basket', label: '超市' },
    { href: '/aid', icon: 'heart-handshake', label: '救助' },
    { href: '/home', icon: 'user', label: '我家' },
  ];
  return [{ items: tabs.map((tab) => ({ ...tab, current: tab.href === current })) }];
}
