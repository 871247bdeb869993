import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { LiveCall } from '@signalbox/contract/channels/calls.ts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTieCall } from '../../../api/items/calls.ts';
import { useAddClient } from '../../../api/items/clients.ts';
import { addItem, useAddItem } from '../../../api/items/items.ts';
import { useMay } from '../../../api/workspace/may.ts';
import { sayFailed } from '../../../ui/notify.ts';

/** A contact of whoever calls, and a deal with them, while one talks. */
export function MakeClient({ call }: { call: LiveCall }) {
  const { t } = useTranslation('phone');
  const [opened, { open, close }] = useDisclosure(false);
  const may = useMay();
  if (call.number === null || !may.addItem({ type: 'deal' })) return null;
  if (opened) return <NewDeal call={call} close={close} />;
  return (
    <Button size="compact-sm" variant="default" onClick={open}>
      {t(call.client === null ? 'live.makeBoth' : 'live.makeDeal')}
    </Button>
  );
}

function NewDeal({ call, close }: { call: LiveCall; close: () => void }) {
  const { t } = useTranslation('phone');
  const { t: common } = useTranslation();
  const [name, setName] = useState('');
  const [title, setTitle] = useState('');
  const { make, isPending } = useMakeDeal(call, close);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    make({ name, title });
  };
  return (
    <form onSubmit={onSubmit}>
      <Stack gap={6}>
        {call.client === null && (
          <TextInput
            size="xs"
            label={t('live.clientName')}
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <TextInput
          size="xs"
          label={t('live.dealTitle')}
          placeholder={call.client?.name ?? name}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Group gap="xs" justify="flex-end">
          <Button size="compact-sm" variant="default" onClick={close}>
            {common('common.cancel')}
          </Button>
          <Button size="compact-sm" type="submit" loading={isPending}>
            {t('live.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useMakeDeal(call: LiveCall, done: () => void) {
  const contact = useAddClient('contact');
  const item = useAddItem(addItem);
  const tie = useTieCall();
  const make = async ({ name, title }: { name: string; title: string }) => {
    const known = call.client ?? {
      ...(await contact.mutateAsync({ name, phones: call.number === null ? [] : [call.number] })),
      kind: 'contact' as const,
    };
    const made = await item.mutateAsync({ type: 'deal', title: title.trim() || known.name, [known.kind]: known.id });
    await tie.mutateAsync({ id: call.id, item: made.id });
    done();
  };
  return {
    make: (given: { name: string; title: string }) => void make(given).catch(sayFailed),
    isPending: contact.isPending || item.isPending || tie.isPending,
  };
}
