import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import type { OwnSession } from '@signalbox/contract/people/own-account.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ownSessionsQuery, useEndSession } from '../../../api/workspace/own-account.ts';
import { Loading } from '../../../ui/loading.tsx';
import { sayFailed } from '../../../ui/notify.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { RelativeTime } from '../../../ui/text/relative-time.tsx';
import { browserName } from './browser-name.ts';

/** Where one is signed in, and how to end it. */
export function OwnSessions() {
  const { t } = useTranslation();
  const { data: sessions, error } = useQuery(ownSessionsQuery);
  const { mutate: end, isPending } = useEndSession();
  const finish = (which: string) => end(which, { onError: sayFailed });
  const others = sessions !== undefined && sessions.length > 1 && (
    <Button size="xs" variant="default" loading={isPending} onClick={() => finish('others')}>
      {t('account.endOthers')}
    </Button>
  );
  return (
    <Panel title={t('account.sessions')} actions={others}>
      <ErrorNote error={error} />
      {!sessions && !error && <Loading />}
      <Stack gap="sm">
        {sessions?.map((session) => (
          <Session key={session.id} session={session} end={() => finish(session.id)} />
        ))}
      </Stack>
    </Panel>
  );
}

function Session({ session, end }: { session: OwnSession; end: () => void }) {
  const { t } = useTranslation();
  const { browser, address, seenAt, current } = session;
  return (
    <Group justify="space-between" wrap="nowrap">
      <div>
        <Text size="sm">{browserName(browser) ?? t('account.someBrowser')}</Text>
        <Text size="xs" c="dimmed">
          {address} · <RelativeTime at={seenAt} />
        </Text>
      </div>
      {current ? (
        <Badge variant="light">{t('account.thisOne')}</Badge>
      ) : (
        <Button size="compact-xs" variant="default" onClick={end}>
          {t('account.end')}
        </Button>
      )}
    </Group>
  );
}
