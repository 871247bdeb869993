import { ActionIcon } from '@mantine/core';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { definitionOf, kindName } from '../../../controls/definitions.ts';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { DefinitionIcon } from '../../../controls/icon.tsx';
import type { Card } from '../model/cards.ts';
import styles from './settings.module.css';

/** What is being set up, on which stage, and what it does. */
export function SettingsHead({ card, onClose }: { card: Card; onClose: () => void }) {
  const { t } = useTranslation('automation');
  const { language, stages } = useFormFacts();
  const definition = definitionOf(card);
  const stage = stages.find(({ code }) => code === card.stage);
  const { what = '', good = '' } = definition?.strings[language] ?? {};
  return (
    <header className={styles.head}>
      <span className={styles.icon}>
        <DefinitionIcon name={definition?.icon ?? 'puzzle'} size={20} />
      </span>
      <div className={styles.title}>
        <h2 className={styles.name}>{kindName(card, language)}</h2>
        <p className={styles.stage}>
          <span className={styles.dot} style={{ background: stage?.color }} />
          {t(`settings.on.${card.lane}`, { stage: stage?.name ?? card.stage })}
        </p>
        {what !== '' && (
          <p className={styles.what}>{[what, good].filter((text) => text !== '' && text !== '-').join(' ')}</p>
        )}
      </div>
      <ActionIcon aria-label={t('settings.close')} onClick={onClose}>
        <X size={18} />
      </ActionIcon>
    </header>
  );
}
