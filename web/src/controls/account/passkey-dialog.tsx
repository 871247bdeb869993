import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NoPasskey } from '../../api/workspace/passkeys.ts';
import { useAddPasskey } from '../../api/workspace/second-factor.ts';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';

interface PasskeyDialogProps {
  readonly close: () => void;
  readonly show: (codes: readonly string[]) => void;
}

/** What the passkey is called; the browser asks for the rest. */
export function PasskeyDialog({ close, show }: PasskeyDialogProps) {
  const { t } = useTranslation('entrance');
  const { t: common } = useTranslation();
  const { mutate: add, error, isPending } = useAddPasskey();
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    add(name.trim(), { onSuccess: ({ recoveryCodes }) => show(recoveryCodes) });
  };
  return (
    <Dialog title={t('factors.addPasskey')} close={close}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm">{t('factors.passkeysText')}</Text>
          {error instanceof NoPasskey ? <Text c="red">{t('passkeyFailed')}</Text> : <ErrorNote error={error} />}
          <TextInput
            label={t('factors.passkeyName')}
            description={t('factors.passkeyNameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={100}
            data-autofocus
            required
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common('common.cancel')}
            </Button>
            <Button type="submit" loading={isPending} disabled={name.trim() === ''}>
              {t('second.enter')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
