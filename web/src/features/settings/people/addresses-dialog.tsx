import { Button, Group, Stack } from '@mantine/core';
import type { User } from '@signalbox/contract/people/users.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaveUser } from '../../../api/workspace/users.ts';
import { AddressesInput } from '../../../controls/mail/addresses-input.tsx';
import { sayDone } from '../../../ui/notify.ts';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { problemText } from '../../../ui/text/problem-text.ts';

/** By which further addresses a colleague's mail is known. */
export function AddressesDialog({ person, close }: { readonly person: User; readonly close: () => void }) {
  const { t } = useTranslation(['translation', 'mail']);
  const [addresses, setAddresses] = useState<readonly string[]>(person.addresses);
  const { mutate, error, isPending } = useSaveUser();
  const save = () => {
    const done = () => {
      sayDone(t('common.saved'));
      close();
    };
    mutate({ id: person.id, addresses: [...addresses] }, { onSuccess: done });
  };
  return (
    <Dialog close={close} title={t('mail:addressesOf', { name: person.name })}>
      <Stack gap="sm">
        <AddressesInput value={addresses} onChange={setAddresses} error={error && problemText(error, t)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('common.cancel')}
          </Button>
          <Button loading={isPending} onClick={save}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
