import type { RightArea } from '@signalbox/contract/people/rights.ts';
import { Link, useParams } from '@tanstack/react-router';
import {
  AtSign,
  CalendarClock,
  Coins,
  Gauge,
  KeyRound,
  Layers,
  type LucideIcon,
  MailQuestion,
  RadioTower,
  ScrollText,
  ShieldCheck,
  TextCursorInput,
  UserRound,
  Users,
} from 'lucide-react';
import { type ComponentType, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/workspace/me.ts';
import { Audit } from './audit/audit.tsx';
import { Channels } from './channels/channels.tsx';
import { Currencies } from './currencies/currencies.tsx';
import { Fields } from './fields/fields.tsx';
import { HeldMail } from './held-mail/held-mail.tsx';
import { ItemTypes } from './item-types/item-types.tsx';
import { Keys } from './keys/keys.tsx';
import { MailDomains } from './mail-domains/mail-domains.tsx';
import { People } from './people/people.tsx';
import { Profile } from './profile.tsx';
import { Quotas } from './quotas/quotas.tsx';
import { Roles } from './roles/roles.tsx';
import styles from './settings.module.css';
import { WorkingTime } from './working-time/working-time.tsx';

interface Section {
  name:
    | 'profile'
    | 'people'
    | 'roles'
    | 'itemTypes'
    | 'fields'
    | 'workingTime'
    | 'currencies'
    | 'channels'
    | 'mailDomains'
    | 'heldMail'
    | 'keys'
    | 'quotas'
    | 'audit';
  icon: LucideIcon;
  content: ComponentType;
  /** Listed for those who have this right. */
  area?: RightArea;
}

const sections: readonly [Section, ...Section[]] = [
  { name: 'profile', icon: UserRound, content: Profile },
  { name: 'people', icon: Users, content: People },
  { name: 'roles', icon: ShieldCheck, content: Roles, area: 'people' },
  { name: 'itemTypes', icon: Layers, content: ItemTypes },
  { name: 'fields', icon: TextCursorInput, content: Fields },
  { name: 'workingTime', icon: CalendarClock, content: WorkingTime },
  { name: 'currencies', icon: Coins, content: Currencies },
  { name: 'channels', icon: RadioTower, content: Channels },
  { name: 'mailDomains', icon: AtSign, content: MailDomains, area: 'settings' },
  { name: 'heldMail', icon: MailQuestion, content: HeldMail, area: 'mail' },
  { name: 'keys', icon: KeyRound, content: Keys },
  { name: 'quotas', icon: Gauge, content: Quotas, area: 'settings' },
  { name: 'audit', icon: ScrollText, content: Audit },
];

export function SettingsPage() {
  const { t } = useTranslation();
  const { section, kind, role } = useParams({ strict: false });
  const { areas } = useMe().rights;
  const wanted = kind !== undefined ? 'channels' : role !== undefined ? 'roles' : section;
  const { name: here, content: Content } = sections.find(({ name }) => name === wanted) ?? sections[0];
  useEffect(() => {
    document.title = `${t(`settings.${here}`)} · ${t('shell.product')}`;
  }, [here, t]);

  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    nav.current?.querySelector(`[href$="/${here}"]`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [here]);

  return (
    <div className={styles.page}>
      <nav ref={nav} className={styles.sections} aria-label={t('shell.settings')}>
        {sections
          .filter(({ area, name }) => area === undefined || areas[area] || name === here)
          .map(({ name, icon: Icon }) => (
            <Link
              key={name}
              to="/settings/$section"
              params={{ section: name }}
              className={styles.section}
              aria-current={name === here ? 'page' : undefined}
            >
              <Icon size={16} aria-hidden /> {t(`settings.${name}`)}
            </Link>
          ))}
      </nav>
      <div className={styles.content}>
        <h1 className={styles.title}>{t(`settings.${here}`)}</h1>
        <Content />
      </div>
    </div>
  );
}
