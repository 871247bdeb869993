import { CloudOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnected } from '../api/transport/connection.ts';
import styles from './shell.module.css';

const patienceMs = 1500;

// A restart of the server that nobody notices needs no bar.
export function OfflineBar() {
  const { t } = useTranslation();
  const connected = useConnected();
  const [shown, setShown] = useState(false);

  useEffect(() => {
    if (connected) return setShown(false);
    const timer = setTimeout(() => setShown(true), patienceMs);
    return () => clearTimeout(timer);
  }, [connected]);

  if (!shown) return null;
  return (
    <div className={styles.offline} role="status">
      <CloudOff size={16} aria-hidden /> {t('shell.offline')}
    </div>
  );
}
