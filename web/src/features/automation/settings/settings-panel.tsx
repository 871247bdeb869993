import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NamedDrawer } from '../../../ui/panels/named-drawer.tsx';
import type { Card } from '../model/cards.ts';
import { keepPanel } from '../model/kept-panel.ts';
import type { Problem } from '../model/problems.ts';
import { focusField } from './focus-field.ts';
import styles from './settings.module.css';
import { SettingsInside } from './settings-inside.tsx';

export interface SettingsPanelProps {
  readonly card: Card | null;
  /** What the server or the check said about this card. */
  readonly problems: readonly Problem[];
  /** The field to lead to. */
  readonly field: string;
  /** Under which name what is typed survives a reload. */
  readonly keptAs: string;
  readonly onSave: (card: Card) => void;
  readonly onClose: () => void;
}

/** One card's settings, from the right. */
export function SettingsPanel({ card, problems, field, keptAs, onSave, onClose }: SettingsPanelProps) {
  const { t } = useTranslation('automation');
  const leave = useRef<() => void>(onClose);
  const inside = useRef<HTMLDivElement>(null);
  const uid = card?.uid;
  useEffect(() => {
    if (uid === undefined) keepPanel(sessionStorage, keptAs, null);
  }, [uid, keptAs]);
  useEffect(() => {
    if (uid === undefined || field === '') return;
    const timer = setTimeout(() => focusField(inside.current, field), LED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [uid, field]);
  return (
    <NamedDrawer
      opened={card !== null}
      onClose={() => leave.current()}
      size={560}
      label={t('settings.title')}
      classNames={{ body: styles.drawer, content: styles.content }}
    >
      <div ref={inside} className={styles.fill}>
        {card !== null && (
          <SettingsInside
            key={card.uid}
            card={card}
            problems={problems}
            keptAs={keptAs}
            onSave={onSave}
            onClose={onClose}
            leave={leave}
          />
        )}
      </div>
    </NamedDrawer>
  );
}

const LED_AFTER_MS = 250;
