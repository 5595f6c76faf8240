import request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { type Permission, permissions, rolesWith } from '../../server/identity/permissions';
import type { Role } from '../../server/kernel/roles';
import type { CountyApp } from '../support/county-app';
import type { TableRoute } from '../support/route-table';

/** Somebody who asks: one member of the cast for each role, with a second one beside those who act for a part of the county. */
export interface Seat {
  key: string;
  /** Absent for a visitor and for a kiosk. */
  role?: Role;
  /** Whoever sits in the same kind of seat for another place, shop, organisation or family. */
  rival?: string;
}

export const seats: readonly Seat[] = [
  { key: 'visitor' },
  { key: 'kiosk' },
  { key: 'cadre-liushu', role: 'villageCadre', rival: 'cadre-hewan' },
  { key: 'cadre-hewan', role: 'villageCadre', rival: 'cadre-liushu' },
  { key: 'township-anning', role: 'townshipOfficer', rival: 'township-qinghe' },
  { key: 'township-qinghe', role: 'townshipOfficer', rival: 'township-anning' },
  { key: 'department', role: 'departmentOfficer' },
  { key: 'manager-1', role: 'fundManager' },
  { key: 'finance-1', role: 'financeOfficer' },
  { key: 'clerk-liushu', role: 'shopClerk', rival: 'clerk-hewan' },
  { key: 'clerk-hewan', role: 'shopClerk', rival: 'clerk-liushu' },
  { key: 'auditor', role: 'auditor' },
  { key: 'admin', role: 'countyAdmin' },
  { key: 'hengtong', role: 'donorOwner', rival: 'union' },
  { key: 'union', role: 'donorOwner', rival: 'hengtong' },
  { key: 'zhang', role: 'household', rival: 'li' },
  { key: 'li', role: 'household', rival: 'zhang' },
];

/** Guards that are neither open nor a permission. */
export const ownGuards = ['signed-in', 'paired kiosk', 'operator'];

/** Whether a guard is to let somebody pass, read from the table of permissions a second time. */
export function isLetPast(route: Pick<TableRoute, 'guard'>, seat: Seat): boolean {
  const { guard = '' } = route;
  if (guard.startsWith('open: ')) return true;
  if (guard === 'signed-in') return seat.role !== undefined;
  if (guard === 'operator') return true; // the tests ask from this machine
  if (guard === 'paired kiosk') return seat.key === 'kiosk';
  if (!permissions.includes(guard as Permission)) throw new Error(`nobody knows the guard ${guard}`);
  return seat.role !== undefined && rolesWith(guard as Permission).includes(seat.role);
}

/** The first seat that passes a route's guard: the one who can do harm there. */
export function seatFor(route: TableRoute): Seat {
  const [, , ...people] = seats;
  const seat = route.guard === 'paired kiosk' ? seats[1] : people.find((one) => isLetPast(route, one));
  if (!seat) throw new Error(`nobody passes ${route.name}`);
  return seat;
}

/** The seat's browser. */
export async function browserOf(county: CountyApp, { key }: Seat): Promise<TestAgent> {
  if (key === 'visitor') return request.agent(county.url);
  return key === 'kiosk' ? county.kiosk() : county.agentOf(key);
}

/** A form token of the browser's session. */
export async function tokenOf(browser: TestAgent, { key, role }: Seat): Promise<string> {
  const page = role ? '/me' : key === 'kiosk' ? '/kiosk/number' : '/sign-in';
  const { text } = await browser.get(page);
  const [, token] = /name="_csrf" value="([^"]+)"/.exec(text) ?? [];
  if (!token) throw new Error(`${key} finds no form token on ${page}`);
  return token;
}
