import { ActionIcon, Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { PhoneCall } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { dialLinesQuery, useDial } from '../../api/items/calls.ts';
import { sayFailed } from '../../ui/notify.ts';
import styles from './phone-number.module.css';

interface PhoneNumberProps {
  readonly number: string;
  /** The item that the call is made from. */
  readonly item?: number | undefined;
}

/** A number that can be called: by the exchange of one's line, else by whatever telephone this machine has. */
export function PhoneNumber({ number, item }: PhoneNumberProps) {
  const { t } = useTranslation('phone');
  const { data: lines } = useQuery(dialLinesQuery);
  const { mutate: dial, isPending } = useDial();
  // Nobody dials the extension; whoever answers is asked for it.
  const [outside = number, extension] = number.split(';ext=');
  const shown = extension === undefined ? outside : `${outside} · ${extension}`;
  if (lines === undefined || lines.length === 0)
    return (
      <Anchor inherit href={`tel:${number}`} aria-label={t('call', { number: shown })}>
        {shown}
      </Anchor>
    );
  return (
    <span className={styles.number}>
      {shown}
      <ActionIcon
        size={24}
        loading={isPending}
        aria-label={t('call', { number: shown })}
        title={t('call', { number: shown })}
        onClick={() => dial({ number: outside, item }, { onError: sayFailed })}
      >
        <PhoneCall size={14} />
      </ActionIcon>
    </span>
  );
}
