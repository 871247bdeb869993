import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveUpdates } from '../api/transport/stream.ts';
import { useMe } from '../api/workspace/me.ts';
import { PasswordPrompt } from '../controls/account/password-prompt.tsx';
import { MissingFields } from '../controls/fields/ask-missing.tsx';
import { Loading } from '../ui/loading.tsx';
import { OfflineBar } from './offline-bar.tsx';
import { Rail } from './rail.tsx';
import styles from './shell.module.css';
import { TopBar } from './top-bar.tsx';
import { useSignInAgain } from './use-sign-in-again.ts';
import { useTheirLanguage } from './use-their-language.ts';

const LiveCalls = lazy(() =>
  import('../features/calls/live/live-calls.tsx').then((module) => ({ default: module.LiveCalls })),
);
const SeeAsBar = lazy(() =>
  import('../features/see-as/see-as-bar.tsx').then((module) => ({ default: module.SeeAsBar })),
);

export function Shell() {
  const { t } = useTranslation();
  useLiveUpdates();
  useSignInAgain();
  useTheirLanguage();
  const isSeenThrough = useMe().seenBy !== null;
  return (
    <div className={styles.shell} data-seen-through={isSeenThrough || undefined}>
      <a className={styles.skip} href="#content">
        {t('shell.skip')}
      </a>
      <Suspense>
        <LiveCalls />
      </Suspense>
      {isSeenThrough && (
        <div className={styles.seeAs}>
          <Suspense>
            <SeeAsBar />
          </Suspense>
        </div>
      )}
      <Rail />
      <TopBar />
      <main id="content" className={styles.content} tabIndex={-1}>
        <OfflineBar />
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <PasswordPrompt />
      <Suspense>
        <MissingFields />
      </Suspense>
    </div>
  );
}
