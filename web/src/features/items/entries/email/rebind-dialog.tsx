import { Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { Email } from '@signalbox/contract/channels/emails.ts';
import type { Item } from '@signalbox/contract/items.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRebindEmail } from '../../../../api/items/emails.ts';
import { searchQuery } from '../../../../api/items/search.ts';
import { Dialog } from '../../../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../../../ui/text/error-note.tsx';

interface RebindDialogProps {
  email: Email;
  item: Item;
  close: () => void;
}

/** Ties a received e-mail to another item, where it is then judged. */
export function RebindDialog({ email, item, close }: RebindDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 150);
  const { data } = useQuery(searchQuery(q));
  const { mutate: rebind, error, isPending } = useRebindEmail(item.id);
  const found = data?.items.filter(({ id }) => id !== item.id) ?? [];

  return (
    <Dialog close={close} title={t('email.rebind')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('email.rebindText')}
        </Text>
        <ErrorNote error={error} />
        <Select
          aria-label={t('email.rebindFind')}
          placeholder={t('email.rebindFind')}
          data={found.map(({ id, title, stageName }) => ({ value: String(id), label: `${title} · ${stageName}` }))}
          searchable
          searchValue={text}
          onSearchChange={setText}
          filter={({ options }) => options}
          nothingFoundMessage={t('common.nothingFound')}
          disabled={isPending}
          value={null}
          onChange={(to) => to && rebind({ id: email.id, to: Number(to) }, { onSuccess: close })}
          data-autofocus
        />
      </Stack>
    </Dialog>
  );
}
