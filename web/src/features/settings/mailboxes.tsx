import { Button, Menu } from '@mantine/core';
import type { Channel, ChannelKinds } from '@signalbox/contract/channels/channels.ts';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelKindsQuery, mailboxesQuery } from '../../api/channels.ts';
import { useMe } from '../../api/me.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { MailboxForm } from './mailbox-form.tsx';
import styles from './settings.module.css';

/** Where mail comes in and goes out, and which item it finds. */
export function Mailboxes() {
  const { t } = useTranslation();
  const isAdmin = useMe().role === 'admin';
  const { data: mailboxes, error } = useQuery(mailboxesQuery);
  const { data: kinds = [] } = useQuery(channelKindsQuery);
  const [adding, setAdding] = useState<string | null>(null);
  const providers = providersOf(kinds);
  const settingsOf = (provider: string) => providers.find((one) => one.provider === provider)?.settings ?? [];

  return (
    <>
      <p className={styles.muted}>{t('mailbox.text')}</p>
      <ErrorNote error={error} />
      {!mailboxes && !error && <Loading />}
      {mailboxes?.map((mailbox) => (
        <Panel key={mailbox.id} title={titleOf(mailbox)}>
          <MailboxForm
            mailbox={mailbox}
            provider={mailbox.provider}
            settings={settingsOf(mailbox.provider)}
            readOnly={!isAdmin}
          />
        </Panel>
      ))}
      {adding && (
        <Panel title={t('mailbox.add')}>
          <MailboxForm provider={adding} settings={settingsOf(adding)} done={() => setAdding(null)} />
        </Panel>
      )}
      {isAdmin && !adding && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="default" leftSection={<Plus size={16} />} style={{ alignSelf: 'flex-start' }}>
              {t('mailbox.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {providers.map(({ provider }) => (
              <Menu.Item key={provider} onClick={() => setAdding(provider)}>
                {provider === 'sandbox' ? t('mailbox.sandbox') : provider.toUpperCase()}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}

const providersOf = (kinds: ChannelKinds['data']) => kinds.find(({ kind }) => kind === 'mailbox')?.providers ?? [];

const titleOf = ({ name, settings: { address } }: Channel) => (typeof address === 'string' ? address : name);
