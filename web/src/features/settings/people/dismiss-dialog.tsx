import { Button, Group, List, Select, Stack, Text } from '@mantine/core';
import type { Holdings } from '@signalbox/contract/people/hand-over.ts';
import type { User } from '@signalbox/contract/people/users.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holdingsQuery, useDismiss } from '../../../api/workspace/hand-over.ts';
import { useUsers } from '../../../api/workspace/users.ts';
import { DangerButton } from '../../../ui/danger-button.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';

/** Asks who takes over what a colleague was responsible for. */
export function DismissDialog({ person, close }: { readonly person: User; readonly close: () => void }) {
  const { t } = useTranslation(['handOver', 'translation']);
  const { data: held, error: unknown } = useQuery(holdingsQuery(person.id));
  const { data: users = [] } = useUsers();
  const [heir, setHeir] = useState<string | null>(null);
  const { mutate: dismiss, error, isPending, left } = useDismiss(person.id);
  const others = users.filter(({ id, dismissedAt }) => id !== person.id && dismissedAt === null);
  return (
    <Dialog close={close} title={t('title', { name: person.name })}>
      <Stack gap="sm">
        <ErrorNote error={unknown ?? error} />
        {!held && !unknown && <Loading lines={2} />}
        {held && <Held held={held} />}
        <Select
          label={t('ask')}
          placeholder={t('none')}
          description={heir === null ? t('noneHint') : undefined}
          data={others.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={heir}
          onChange={setHeir}
          disabled={isPending}
          clearable
          searchable
        />
        {isPending && left !== null && left > 0 && (
          <Text size="sm" role="status">
            {t('working', { left })}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('translation:common.cancel')}
          </Button>
          <DangerButton
            loading={isPending}
            onClick={() => dismiss(heir === null ? null : Number(heir), { onSuccess: close })}
          >
            {t('dismiss')}
          </DangerButton>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Held({ held }: { readonly held: Holdings }) {
  const { t } = useTranslation('handOver');
  const { items, contacts, companies, tasks, channels, rules } = held;
  const lines = [
    ...Object.entries({ items, contacts, companies }).flatMap(([kind, count]) =>
      count === 0
        ? []
        : [`${t(kind === 'items' ? 'items' : kind === 'contacts' ? 'contacts' : 'companies')}: ${count}`],
    ),
    ...(tasks === 0 ? [] : [`${t('tasks')}: ${tasks}`]),
    ...(channels.length === 0 ? [] : [`${t('channels')}: ${channels.join(', ')}`]),
    ...(rules.length === 0
      ? []
      : [`${t('rules')}: ${rules.map(({ pipeline, count }) => `${pipeline} (${count})`).join(', ')}`]),
  ];
  if (lines.length === 0) return <Text size="sm">{t('nothing')}</Text>;
  return (
    <List size="sm" spacing={4}>
      {lines.map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  );
}
