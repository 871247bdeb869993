import { Tabs } from '@mantine/core';
import { channelKindOf } from '@signalbox/automation/channels/index.ts';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { DefinitionIcon } from '../../controls/icon.tsx';
import { Loading } from '../../ui/loading.tsx';
import { sandboxPages } from './pages.ts';
import styles from './sandbox.module.css';

/** What the channels have kept instead of sending, to be answered as the client would: a tab a kind of channel. */
export function SandboxPage() {
  const { channel } = useParams({ from: '/signed-in/sandbox/$channel' });
  const shown = sandboxPages.find(({ kind }) => kind === channel) ?? sandboxPages[0];
  if (shown === undefined) return null;
  const { kind, Page } = shown;
  return (
    <div className={styles.page}>
      <KindTabs here={kind} />
      <Suspense fallback={<Loading lines={8} />}>
        <Page />
      </Suspense>
    </div>
  );
}

function KindTabs({ here }: { here: string }) {
  const { t, i18n } = useTranslation();
  const language = parseLanguage(i18n.language);
  const navigate = useNavigate();
  const open = (channel: string | null) => channel && void navigate({ to: '/sandbox/$channel', params: { channel } });
  return (
    <Tabs value={here} onChange={open} variant="pills" radius="md" className={styles.tabs}>
      <Tabs.List aria-label={t('shell.sandbox')}>
        {sandboxPages.map(({ kind }) => (
          <Tabs.Tab key={kind} value={kind} leftSection={<DefinitionIcon name={channelKindOf(kind).icon} size={15} />}>
            {channelKindOf(kind).strings[language].name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
