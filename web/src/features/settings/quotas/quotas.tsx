import { Group, Progress, Stack, Text } from '@mantine/core';
import type { Quota } from '@signalbox/contract/quotas.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { quotasQuery } from '../../../api/workspace/quotas.ts';
import { useFileSize } from '../../../controls/fields/file-size.ts';
import { Loading } from '../../../ui/loading.tsx';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { useFormat } from '../../../ui/text/format.ts';
import styles from '../settings.module.css';

/** How much the workspace may hold and do, and how much of it is used. */
export function Quotas() {
  const { t } = useTranslation('quotas');
  const { t: say } = useTranslation();
  const { data, error, refetch } = useQuery(quotasQuery);
  return (
    <>
      <p className={styles.muted}>{t('intro')}</p>
      <ErrorNote error={error} retry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && (
        <Panel title={say('settings.quotas')}>
          <Stack gap="lg">
            {data.map((quota) => (
              <Line key={quota.name} quota={quota} />
            ))}
          </Stack>
        </Panel>
      )}
    </>
  );
}

const NEARLY = 0.8;

function Line({ quota: { name, limit, used, by } }: { readonly quota: Quota }) {
  const { t } = useTranslation('quotas');
  const format = useFormat();
  const size = useFileSize();
  const amount = name.startsWith('file-bytes') ? size : format.number;
  const share = limit === 0 ? 1 : Math.min(1, used / limit);
  const [state, color] = share >= 1 ? ([t('full'), 'red'] as const) : ([t('nearly'), 'yellow'] as const);
  return (
    <div>
      <Group justify="space-between" gap={4} align="baseline">
        <Text size="sm" fw={500}>
          {t(`names.${name}`)}
        </Text>
        <Text size="sm" c="dimmed">
          {t('of', { used: amount(used), limit: amount(limit) })}
          {by !== null && used > 0 && ` · ${t('by', { name: by.name })}`}
          {share >= NEARLY && ` · ${state}`}
        </Text>
      </Group>
      <Progress
        value={Math.round(share * 1000) / 10}
        color={share >= NEARLY ? color : undefined}
        size="sm"
        mt={6}
        aria-label={t(`names.${name}`)}
      />
    </div>
  );
}
