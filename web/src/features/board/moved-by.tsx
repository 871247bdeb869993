import type { Card } from '@signalbox/contract/board.ts';
import { ArrowRightLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCauseName } from '../../controls/words/use-cause-name.ts';
import styles from './card.module.css';

/** Who or what has just moved a card. Knows every trigger's name, so it is loaded when the first card moves. */
export function MovedBy({ movedBy }: Pick<Card, 'movedBy'>) {
  const { t } = useTranslation();
  const nameOfCause = useCauseName();
  const who = nameOfCause({ trigger: movedBy?.trigger }) || movedBy?.person?.name;
  return (
    <span className={styles.moved}>
      <ArrowRightLeft size={13} aria-hidden />
      {who ? t('board.movedBy', { who }) : t('board.moved')}
    </span>
  );
}
