import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Eye } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/workspace/me.ts';
import { endSeeing } from '../../api/workspace/see-as.ts';
import { sayDone, sayFailed } from '../../ui/notify.ts';
import { useFormat } from '../../ui/text/format.ts';
import styles from './see-as-bar.module.css';

/** On every screen, while it shows what somebody else sees. */
export function SeeAsBar() {
  const { t } = useTranslation('rights');
  const format = useFormat();
  const { name, seenUntil } = useMe();
  const [ending, setEnding] = useState(false);
  useEndByItself(seenUntil);
  const end = () => {
    setEnding(true);
    endSeeing().catch((error) => {
      setEnding(false);
      sayFailed(error);
    });
  };
  return (
    <div className={styles.bar} role="status">
      <Eye size={17} aria-hidden className={styles.eye} />
      <span className={styles.text}>{t('see.banner', { name, time: seenUntil ? format.time(seenUntil) : '' })}</span>
      <Button size="compact-sm" color="dark" loading={ending} onClick={end}>
        {t('see.end')}
      </Button>
    </div>
  );
}

/** When the time is over the server answers as for oneself again: everything is read anew. */
function useEndByItself(until: string | null) {
  const { t } = useTranslation('rights');
  const client = useQueryClient();
  useEffect(() => {
    if (until === null) return;
    const left = Date.parse(until) - Date.now();
    const timer = setTimeout(
      () => void client.invalidateQueries().then(() => sayDone(t('see.ended'))),
      Math.max(left, 0) + 1_000,
    );
    return () => clearTimeout(timer);
  }, [until, client, t]);
}
