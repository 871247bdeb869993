import { ActionIcon, Button, Group, Menu, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Email } from '@signalbox/contract/channels/emails.ts';
import type { Item } from '@signalbox/contract/items.ts';
import { ArrowDownLeft, ArrowUpRight, EllipsisVertical, Reply } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EntryFrame } from '../entry-frame.tsx';
import { EmailBody } from './email-body.tsx';
import styles from './email-entry.module.css';
import { EmailMarks } from './email-marks.tsx';
import { RebindDialog } from './rebind-dialog.tsx';

interface EmailEntryProps {
  email: Email;
  item: Item;
  answer: () => void;
}

export function EmailEntry({ email, item, answer }: EmailEntryProps) {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure(false);
  const [rebinding, rebind] = useDisclosure(false);
  const incoming = email.direction === 'in';
  const troubled = email.delivery?.state === 'failed' || email.classification === 'bounce' || email.bouncedAt !== null;

  return (
    <EntryFrame
      icon={incoming ? ArrowDownLeft : ArrowUpRight}
      at={email.at}
      author={email.author}
      tone={troubled ? 'fail' : undefined}
      boxed
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <UnstyledButton className={styles.head} onClick={toggle} aria-expanded={opened}>
          <span className={styles.subject}>{email.subject || t('email.noSubject')}</span>
          <span className={styles.addresses}>
            {t(incoming ? 'email.from' : 'email.to', { who: incoming ? senderOf(email) : email.to.join(', ') })}
          </span>
          {!opened && <span className={styles.preview}>{email.text.slice(0, 240)}</span>}
        </UnstyledButton>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size="sm" aria-label={t('common.more')}>
              <EllipsisVertical size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Reply size={15} />} onClick={answer}>
              {t('email.reply')}
            </Menu.Item>
            {incoming && <Menu.Item onClick={rebind.open}>{t('email.rebind')}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      </Group>
      <EmailMarks email={email} item={item} />
      {opened && <EmailBody email={email} />}
      {opened && (
        <Button size="compact-xs" variant="default" mt="xs" leftSection={<Reply size={14} />} onClick={answer}>
          {t('email.reply')}
        </Button>
      )}
      {rebinding && <RebindDialog email={email} item={item} close={rebind.close} />}
    </EntryFrame>
  );
}

const senderOf = ({ from }: Email) => (from.name ? `${from.name} <${from.address}>` : from.address);
