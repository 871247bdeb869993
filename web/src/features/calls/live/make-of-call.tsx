import { Button, Group, Stack, TextInput } from '@mantine/core';
import type { LiveCall } from '@signalbox/contract/channels/calls.ts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTieCall } from '../../../api/items/calls.ts';
import { useAddClient } from '../../../api/items/clients.ts';
import { addItem, useAddItem } from '../../../api/items/items.ts';
import { useMay } from '../../../api/workspace/may.ts';
import { NewTaskDialog } from '../../../controls/tasks/new-task-dialog.tsx';
import { sayFailed } from '../../../ui/notify.ts';

const kinds = ['deal', 'lead'] as const;
type Kind = (typeof kinds)[number];

interface MakeOfCallProps {
  readonly call: LiveCall;
  /** Something is being made: the card is not taken away when the call ends. */
  readonly hold: (held: boolean) => void;
}

/** A contact of whoever calls, a deal or lead with them, and a task, while one talks. */
export function MakeOfCall({ call, hold }: MakeOfCallProps) {
  const { t } = useTranslation('phone');
  const [making, setMaking] = useState<Kind | 'task' | null>(null);
  const may = useMay();
  const make = (next: Kind | 'task' | null) => {
    setMaking(next);
    hold(next !== null);
  };
  const close = () => make(null);
  if (making !== null && making !== 'task') return <NewItem key={making} kind={making} call={call} close={close} />;
  const known = call.client !== null;
  // Nobody can be made of a withheld number.
  const isNamed = call.number !== null && (known || may.addClient);
  const offered = kinds.filter((type) => isNamed && may.addItem({ type }));
  return (
    <Group gap={6}>
      {offered.map((kind) => (
        <Button key={kind} size="compact-sm" variant="default" flex="1 0 auto" onClick={() => make(kind)}>
          {t(`live.${known ? 'makeItem' : 'makeBoth'}.${kind}`)}
        </Button>
      ))}
      <Button size="compact-sm" variant="default" flex="1 0 auto" onClick={() => make('task')}>
        {t('live.makeTask')}
      </Button>
      {making === 'task' && (
        <NewTaskDialog begin={taskOf(call, t('live.callBack', { who: nameOf(call) }))} close={close} />
      )}
    </Group>
  );
}

const nameOf = ({ client, number }: LiveCall) => client?.name ?? number ?? '';

/** To call them again, about what the call stands on. */
const taskOf = ({ items, openItems }: LiveCall, title: string) => ({
  ...{ kind: 'call' as const, title: title.trim() },
  item: items[0]?.id ?? openItems[0]?.id ?? null,
});

interface NewItemProps {
  readonly kind: Kind;
  readonly call: LiveCall;
  readonly close: () => void;
}

function NewItem({ kind, call, close }: NewItemProps) {
  const { t } = useTranslation('phone');
  const { t: common } = useTranslation();
  const [name, setName] = useState('');
  const [title, setTitle] = useState('');
  const { make, isPending } = useMakeItem(kind, call, close);
  const isNew = call.client === null;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    make({ name: name.trim(), title: title.trim() });
  };
  return (
    <form onSubmit={onSubmit}>
      <Stack gap={6}>
        {isNew && (
          <TextInput
            size="xs"
            label={t('live.clientName')}
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoFocus
          />
        )}
        <TextInput
          size="xs"
          label={t(`live.itemTitle.${kind}`)}
          placeholder={call.client?.name ?? name}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          autoFocus={!isNew}
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

function useMakeItem(type: Kind, call: LiveCall, done: () => void) {
  const contact = useAddClient('contact');
  const item = useAddItem(addItem);
  const tie = useTieCall();
  const make = async ({ name, title }: { name: string; title: string }) => {
    const known = call.client ?? {
      ...(await contact.mutateAsync({ name, phones: call.number === null ? [] : [call.number] })),
      kind: 'contact' as const,
    };
    const made = await item.mutateAsync({ type, title: title || known.name, [known.kind]: known.id });
    await tie.mutateAsync({ id: call.id, item: made.id });
    done();
  };
  return {
    make: (given: { name: string; title: string }) => void make(given).catch(sayFailed),
    isPending: contact.isPending || item.isPending || tie.isPending,
  };
}
