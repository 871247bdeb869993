import { Link, type LinkProps, useLocation } from '@tanstack/react-router';
import {
  CalendarClock,
  FlaskConical,
  Kanban,
  ListTodo,
  type LucideIcon,
  Phone,
  Settings,
  Users,
  Workflow,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type May, useMay } from '../api/workspace/may.ts';
import { useSetup } from '../api/workspace/setup.ts';
import { DueTasks } from './due-tasks.tsx';
import styles from './shell.module.css';

interface Place {
  name: 'crm' | 'tasks' | 'clients' | 'calls' | 'automation' | 'planned' | 'sandbox' | 'settings';
  icon: LucideIcon;
  link: LinkProps;
  under: string;
  only?: 'sandbox';
  /** Whether somebody has any use for it. */
  offered?: (may: May) => boolean;
}

const places: readonly Place[] = [
  { name: 'crm', icon: Kanban, link: { to: '/' }, under: '/board' },
  { name: 'tasks', icon: ListTodo, link: { to: '/tasks' }, under: '/tasks' },
  {
    name: 'clients',
    icon: Users,
    link: { to: '/clients/$kind', params: { kind: 'contact' } },
    under: '/clients',
    offered: (may) => may.seeClients,
  },
  { name: 'calls', icon: Phone, link: { to: '/calls' }, under: '/calls' },
  { name: 'automation', icon: Workflow, link: { to: '/automation' }, under: '/automation' },
  { name: 'planned', icon: CalendarClock, link: { to: '/planned' }, under: '/planned' },
  {
    name: 'sandbox',
    icon: FlaskConical,
    link: { to: '/sandbox/$channel', params: { channel: 'mailbox' } },
    under: '/sandbox',
    only: 'sandbox',
    offered: (may) => may.areas.mail,
  },
  {
    name: 'settings',
    icon: Settings,
    link: { to: '/settings/$section', params: { section: 'profile' } },
    under: '/settings',
  },
];

export function Rail() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { data: setup } = useSetup();
  const may = useMay();
  const shown = places.filter(({ only, offered }) => (!only || setup?.sandbox) && (offered?.(may) ?? true));
  return (
    <nav className={styles.rail} aria-label={t('shell.navigation')}>
      <div className={styles.mark}>
        <img src="/signalbox.svg" width={28} height={28} alt={t('shell.product')} />
      </div>
      {shown.map(({ name, icon: Icon, link, under }) => (
        <Link
          key={name}
          {...link}
          className={`${styles.place} ${name === 'settings' ? styles.push : ''}`}
          data-place={name}
          data-here={pathname.startsWith(under) || undefined}
        >
          <Icon size={19} strokeWidth={1.8} aria-hidden />
          {name === 'tasks' && <DueTasks />}
          <span>{t(`shell.rail.${name}`)}</span>
        </Link>
      ))}
    </nav>
  );
}
