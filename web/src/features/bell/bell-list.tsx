import { Button, Group, ScrollArea, Text } from '@mantine/core';
import type { Notification } from '@signalbox/contract/notifications.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Bell, CheckCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { notificationsQuery, useMarkRead } from '../../api/workspace/notifications.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { PersonFace } from '../../ui/person-face.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { RelativeTime } from '../../ui/text/relative-time.tsx';
import styles from './bell.module.css';

export function BellList({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { data: notifications, error, refetch } = useQuery(notificationsQuery);
  const markRead = useMarkRead();
  const unread = (notifications ?? []).filter(({ readAt }) => readAt === null).map(({ id }) => id);

  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!notifications) return <Loading />;
  if (notifications.length === 0) return <EmptyState icon={Bell} title={t('bell.empty')} text={t('bell.emptyText')} />;
  return (
    <>
      <Group justify="space-between" className={styles.head}>
        <Text fw={600}>{t('bell.title')}</Text>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<CheckCheck size={15} />}
          disabled={unread.length === 0}
          onClick={() => markRead.mutate(unread)}
        >
          {t('bell.readAll')}
        </Button>
      </Group>
      <ScrollArea.Autosize mah="min(520px, 70dvh)">
        <ul className={styles.list}>
          {notifications.map((notification) => (
            <li key={notification.id}>
              <Entry notification={notification} close={close} read={(id) => markRead.mutate([id])} />
            </li>
          ))}
        </ul>
      </ScrollArea.Autosize>
    </>
  );
}

interface EntryProps {
  notification: Notification;
  close: () => void;
  read: (id: number) => void;
}

function Entry({ notification, close, read }: EntryProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id, item, task, sender, text, at, readAt } = notification;

  const open = () => {
    if (readAt === null) read(id);
    if (task === null && item === null) return;
    close();
    if (task !== null) return void navigate({ to: '/tasks/$task', params: { task: String(task) } });
    void navigate({ to: '/items/$item', params: { item: String(item) } });
  };

  return (
    <button type="button" className={styles.entry} data-unread={readAt === null || undefined} onClick={open}>
      {sender ? (
        <PersonFace person={sender} size={28} />
      ) : (
        <span className={styles.robot}>
          <Bell size={15} aria-hidden />
        </span>
      )}
      <span className={styles.text}>
        <span className={styles.words}>{text}</span>
        <span className={styles.when}>
          <RelativeTime at={at} />
          {readAt === null && <span className={styles.dot} role="img" aria-label={t('bell.unread')} />}
        </span>
      </span>
    </button>
  );
}
