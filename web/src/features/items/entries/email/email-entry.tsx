import { ActionIcon, Button, Group, Menu, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Email } from '@signalbox/contract/channels/emails.ts';
import { useQuery } from '@tanstack/react-query';
import { ArrowDownLeft, ArrowUpRight, EllipsisVertical, Reply } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { emailsQuery } from '../../../../api/items/emails.ts';
import { useMay } from '../../../../api/workspace/may.ts';
import { ForwardOffer } from '../../../../controls/mail/forward-offer.tsx';
import { replyTo } from '../../composer/email/reply.ts';
import { ByRule, PlainEntry } from '../entries.tsx';
import { EntryFrame } from '../entry-frame.tsx';
import type { EntryProps } from '../entry-props.ts';
import { EmailBody } from './email-body.tsx';
import styles from './email-entry.module.css';
import { EmailMarks } from './email-marks.tsx';
import { RebindDialog } from './rebind-dialog.tsx';

/** An e-mail of the item; the entry alone where its e-mail has gone to another item. */
export function EmailEntry({ entry, item, answer }: EntryProps) {
  const { t } = useTranslation();
  const { data: emails } = useQuery(emailsQuery(item.id));
  const email = emails?.get(Number(entry.email));
  return email ? (
    <Letter item={item} answer={answer} email={email} rule={entry.rule} />
  ) : (
    <PlainEntry entry={entry} name={t('timeline.kinds.email')} />
  );
}

interface LetterProps extends Omit<EntryProps, 'entry'> {
  readonly email: Email;
  /** By which it was sent. */
  readonly rule: EntryProps['entry']['rule'];
}

function Letter({ item, answer, email, rule }: LetterProps) {
  const { t } = useTranslation();
  const reply = () => answer(replyTo(email));
  const [opened, { toggle }] = useDisclosure(false);
  const [rebinding, rebind] = useDisclosure(false);
  const mayChange = useMay().item(item, 'change');
  const incoming = email.direction === 'in';
  const subject = email.subject || t('email.noSubject');
  const troubled = email.delivery?.state === 'failed' || email.classification === 'bounce' || email.bouncedAt !== null;

  return (
    <EntryFrame
      icon={incoming ? ArrowDownLeft : ArrowUpRight}
      name={t('timeline.kinds.email')}
      at={email.at}
      author={email.author}
      tone={troubled ? 'fail' : undefined}
      boxed
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <UnstyledButton className={styles.head} onClick={toggle} aria-expanded={opened}>
          <span className={styles.subject}>{subject}</span>
          <span className={styles.addresses}>
            {t(incoming ? 'email.from' : 'email.to', { who: incoming ? senderOf(email) : email.to.join(', ') })}
          </span>
          {!opened && <span className={styles.preview}>{(email.newText || email.text).slice(0, 240)}</span>}
        </UnstyledButton>
        {mayChange && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon size="sm" aria-label={`${t('common.more')}: ${subject}`}>
                <EllipsisVertical size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<Reply size={15} />} onClick={reply}>
                {t('email.reply')}
              </Menu.Item>
              {incoming && <Menu.Item onClick={rebind.open}>{t('email.rebind')}</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      <EmailMarks email={email} item={item} />
      {rule && <ByRule rule={rule} />}
      {mayChange && <ForwardOffer email={email} />}
      {opened && <EmailBody email={email} />}
      {opened && mayChange && (
        <Button size="compact-xs" variant="default" mt="xs" leftSection={<Reply size={14} />} onClick={reply}>
          {t('email.reply')}
        </Button>
      )}
      {rebinding && <RebindDialog email={email} item={item} close={rebind.close} />}
    </EntryFrame>
  );
}

const senderOf = ({ from }: Email) => (from.name ? `${from.name} <${from.address}>` : from.address);
