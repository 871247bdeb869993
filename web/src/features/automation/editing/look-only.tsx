import { Eye } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from '../automation.module.css';

/** Why nothing can be changed here. */
export function LookOnly() {
  const { t } = useTranslation('rights');
  return (
    <p className={styles.lookOnly} role="note">
      <Eye size={15} aria-hidden /> {t('may.boardOnly')}
    </p>
  );
}
