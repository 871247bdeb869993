import { Kbd } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Bell } from '../features/bell/bell.tsx';
import { AccountMenu } from './account-menu.tsx';
import { NewMenu } from './new-menu.tsx';
import styles from './shell.module.css';

const SearchDialog = lazy(() =>
  import('../features/search/search-dialog.tsx').then((module) => ({ default: module.SearchDialog })),
);

export function TopBar() {
  const { t } = useTranslation();
  const [searching, { open, close }] = useDisclosure(false);
  useHotkeys([['mod+K', open]], []);
  return (
    <header className={styles.top}>
      <button type="button" className={styles.search} onClick={open} aria-label={t('shell.searchHint')}>
        <Search size={15} aria-hidden />
        <span className={styles.long}>{t('shell.searchHint')}</span>
        <span className={styles.short}>{t('common.search')}</span>
        <Kbd size="xs" className={styles.keys}>
          Ctrl K
        </Kbd>
      </button>
      <div className={styles.grow} />
      <NewMenu />
      <Bell />
      <AccountMenu />
      <Suspense fallback={null}>{searching && <SearchDialog close={close} />}</Suspense>
    </header>
  );
}
