import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import type { KeyScope } from '@signalbox/contract/people/users.ts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMakeKey } from '../../../api/workspace/users.ts';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { ShownOnce } from '../../../ui/panels/shown-once.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';

export type KeyKind = 'api' | 'webhook';

interface NewKeyDialogProps {
  kind: KeyKind;
  userId: number;
  close: () => void;
}

export function NewKeyDialog({ kind, userId, close }: NewKeyDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<KeyScope>('api');
  const [days, setDays] = useState('');
  const { mutate: make, data: made, error, isPending } = useMakeKey(userId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make({ kind, name, scope: kind === 'webhook' ? 'all' : scope, expiresAt: endOf(days, new Date()) });
  };

  return (
    <Dialog close={close} title={t(`keys.kinds.${kind}`)}>
      {made ? (
        <ShownOnce text={t('keys.once')} secret={made.url ?? made.key} close={close} />
      ) : (
        <form onSubmit={submit}>
          <Stack gap="sm">
            <ErrorNote error={error} />
            <TextInput
              label={t('keys.name')}
              description={t(`keys.hints.${kind}`)}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
            {kind === 'api' && (
              <Select
                label={t('keys.scope')}
                description={t(`keys.scopeHints.${scope}`)}
                data={scopes.map((value) => ({ value, label: t(`keys.scopes.${value}`) }))}
                value={scope}
                onChange={(chosen) => setScope(scopes.find((one) => one === chosen) ?? 'api')}
                allowDeselect={false}
              />
            )}
            <Select
              label={t('keys.ends')}
              data={['', '30', '90', '365'].map((value) => ({
                value,
                label: value === '' ? t('keys.endsNever') : t('keys.days', { count: Number(value) }),
              }))}
              value={days}
              onChange={(chosen) => setDays(chosen ?? '')}
              allowDeselect={false}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={isPending}>
                {t('common.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}

const scopes: readonly KeyScope[] = ['api', 'read', 'all'];

const DAY_MS = 86_400_000;

const endOf = (days: string, now: Date) =>
  days === '' ? null : new Date(now.getTime() + Number(days) * DAY_MS).toISOString();
