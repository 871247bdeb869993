import { Button, Menu, Table, Text, VisuallyHidden } from '@mantine/core';
import type { Key } from '@signalbox/contract/people/users.ts';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus, Webhook } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/workspace/me.ts';
import { keysQuery, useRevokeKey } from '../../../api/workspace/users.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { sayFailed } from '../../../ui/notify.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { useFormat } from '../../../ui/text/format.ts';
import { RelativeTime } from '../../../ui/text/relative-time.tsx';
import styles from '../settings.module.css';
import { type KeyKind, NewKeyDialog } from './new-key-dialog.tsx';

/** What other programs sign in with: API keys, and addresses for inbound webhooks. */
export function Keys() {
  const { t } = useTranslation();
  const me = useMe();
  const { data: keys, error } = useQuery(keysQuery(me.id));
  const [making, setMaking] = useState<KeyKind | null>(null);
  const add = (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" leftSection={<Plus size={15} />}>
          {t('common.create')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<KeyRound size={15} />} onClick={() => setMaking('api')}>
          {t('keys.kinds.api')}
        </Menu.Item>
        <Menu.Item leftSection={<Webhook size={15} />} onClick={() => setMaking('webhook')}>
          {t('keys.kinds.webhook')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );

  return (
    <Panel title={t('keys.title')} actions={add}>
      <ErrorNote error={error} />
      {!keys && !error && <Loading />}
      {keys?.length === 0 && <EmptyState icon={KeyRound} title={t('keys.empty')} text={t('keys.emptyText')} />}
      {keys && keys.length > 0 && <KeyTable keys={keys} userId={me.id} />}
      {making && <NewKeyDialog kind={making} userId={me.id} close={() => setMaking(null)} />}
    </Panel>
  );
}

function KeyTable({ keys, userId }: { keys: readonly Key[]; userId: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { mutate: revoke } = useRevokeKey(userId);
  return (
    <Table.ScrollContainer minWidth={620}>
      <Table fz="sm" verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('common.name')}</Table.Th>
            <Table.Th>{t('keys.key')}</Table.Th>
            <Table.Th>{t('keys.created')}</Table.Th>
            <Table.Th>{t('keys.used')}</Table.Th>
            <Table.Th>{t('keys.ends')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('keys.revoke')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map(({ id, kind, name, hint, scope, createdAt, lastUsedAt, expiresAt }) => (
            <Table.Tr key={id}>
              <Table.Td>
                {name || t(`keys.kinds.${kind}`)}
                {(kind === 'api' || name) && (
                  <Text size="xs" c="dimmed">
                    {t(kind === 'api' ? `keys.scopes.${scope}` : 'keys.kinds.webhook')}
                  </Text>
                )}
              </Table.Td>
              <Table.Td className={styles.whole}>
                <code>{hint}</code>
              </Table.Td>
              <Table.Td className={styles.whole}>{format.date(createdAt)}</Table.Td>
              <Table.Td>{lastUsedAt ? <RelativeTime at={lastUsedAt} /> : t('keys.never')}</Table.Td>
              <Table.Td className={styles.whole}>{expiresAt ? format.date(expiresAt) : t('keys.endsNever')}</Table.Td>
              <Table.Td ta="right">
                <Button size="compact-xs" variant="default" onClick={() => revoke(id, { onError: sayFailed })}>
                  {t('keys.revoke')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
