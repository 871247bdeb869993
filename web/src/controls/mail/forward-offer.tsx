import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { Email, ForwardedLetter } from '@signalbox/contract/channels/emails.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDecideForwarded } from '../../api/items/held-mail.ts';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import styles from './mail.module.css';

/** Asks whether a letter that a colleague passed on is the client's; who wrote it may be put right. */
export function ForwardOffer({ email: { id, forwarded } }: { readonly email: Pick<Email, 'id' | 'forwarded'> }) {
  return forwarded?.state === 'offered' ? <Offer id={id} letter={forwarded} /> : null;
}

function Offer({ id, letter }: { readonly id: number; readonly letter: ForwardedLetter }) {
  const { t } = useTranslation('mail');
  const [from, setFrom] = useState(letter.from.address);
  const [name, setName] = useState(letter.from.name);
  const { mutate: decide, error, isPending } = useDecideForwarded();
  return (
    <Stack gap="xs" className={styles.offer}>
      <Text size="sm">{t('offer')}</Text>
      <ErrorNote error={error} />
      <Group gap="xs" align="flex-end">
        <TextInput
          size="xs"
          className={styles.writer}
          label={t('takeAs')}
          inputMode="email"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput size="xs" label={t('name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Button
          size="xs"
          loading={isPending}
          disabled={from.trim() === ''}
          onClick={() => decide({ id, take: true, from: from.trim(), name })}
        >
          {t('yes')}
        </Button>
        <Button size="xs" variant="default" disabled={isPending} onClick={() => decide({ id, take: false })}>
          {t('no')}
        </Button>
      </Group>
    </Stack>
  );
}
