import type { Locale } from '../../kernel/context';
import type { ErrorDetails, FieldIssue } from '../../kernel/errors';
import type { LocalDate } from '../../kernel/local-date';
import type { Translate } from '../i18n/translator';

/** One entry of the navigation. `icon` names a symbol of `public/img/icons.svg`; `count` is work waiting there. */
export interface NavItem {
  href: string;
  icon: string;
  label: string;
  count?: number;
  current?: boolean;
}

/** Entries under one heading; the first group of the staff pages has none. */
export interface NavGroup {
  label?: string;
  items: readonly NavItem[];
}

/** The lines at the foot of public pages: who runs and audits the fund, whom to call, where the public log stands. */
export interface SiteFooter {
  operator: string;
  auditor: string;
  address: string;
  phone: string;
  hours: string;
  email: string;
  checkpoint?: { entries: number; at: Date; href: string };
}

/** A seat of the sample cast that one click takes. */
export interface SeatChoice {
  seat: string;
  icon: string;
  title: string;
  /** Masked. */
  name: string;
  /** Whether it is taken now. */
  current: boolean;
}

/** What every page finds in `res.locals`. The HTTP shell sets all of it; a room adds its view model on top. */
export interface PageLocals {
  t: Translate;
  locale: Locale;
  /** Printed where a form or htmx needs it; printing it starts a session. */
  csrfToken: string | { toString(): string };
  /** The sample county: shows the strip "演示数据" on every page. */
  demo: boolean;
  /** The seats that the strip offers; only in the demonstration. */
  cast?: readonly SeatChoice[];
  countyName: string;
  today: LocalDate;
  /** Path with query, for the language and large-text switches. */
  path: string;
  largeText: boolean;
  /** Who has signed in, and where that person begins. */
  person?: {
    name: string;
    role: string;
    home: string;
    isStaff: boolean;
    layout: string;
    /** May look at what an organisation gives, and not give for it: the buttons for giving are left out. */
    readsOnly: boolean;
    /** The day, once all roles have ended. */
    rolesEnded?: LocalDate;
  };
  nav?: readonly NavGroup[];
  /** Where the person may act: "和安县 · 全县". */
  reach?: string;
  footer?: SiteFooter;
  /** `public` unless a router sets `staff`, `household`, `kiosk` or `print`. */
  layout?: string;
  /** Wrong fields of the form that came back; parts `field`, `select` … and `error-box` read them. */
  issues?: readonly FieldIssue[];
  /** Why a form as a whole was refused. */
  refusal?: { code: string; details: ErrorDetails };
  /** What was typed, by field name, so that it stays. */
  form?: Readonly<Record<string, unknown>>;
}
