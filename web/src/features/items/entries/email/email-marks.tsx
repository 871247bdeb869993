import { Button, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Email } from '@signalbox/contract/channels/emails.ts';
import type { Item } from '@signalbox/contract/items.ts';
import {
  Bot,
  Check,
  Clock,
  Eye,
  MailX,
  MousePointerClick,
  Reply,
  ShieldAlert,
  TriangleAlert,
  UsersRound,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRetryDelivery } from '../../../../api/items/emails.ts';
import { useMay } from '../../../../api/workspace/may.ts';
import { useWhyUnverified } from '../../../../controls/mail/why-unverified.ts';
import { sayFailed } from '../../../../ui/notify.ts';
import { ownEscape } from '../../../../ui/panels/side-panel.tsx';
import styles from './email-entry.module.css';
import { EmailEvents } from './email-events.tsx';

/** What became of an e-mail: delivered, opened, clicked, bounced, or answered by a machine. */
export function EmailMarks({ email, item }: { email: Email; item: Item }) {
  const { t } = useTranslation();
  const { t: ofMail } = useTranslation('mail');
  return (
    <div className={styles.marks}>
      <Delivery email={email} item={item} />
      {(email.bouncedAt || email.classification === 'bounce') && (
        <Mark tone="fail" icon={<MailX size={13} aria-hidden />} words={t('email.bounced')} />
      )}
      <Unverified email={email} />
      {email.ours && <Mark icon={<UsersRound size={13} aria-hidden />} words={ofMail('colleague')} />}
      {email.classification === 'auto-reply' && (
        <Mark icon={<Reply size={13} aria-hidden />} words={t('email.autoReply')} />
      )}
      {email.openCount > 0 && (
        <EventsMark
          email={email}
          tone="done"
          icon={<Eye size={13} aria-hidden />}
          words={t('email.opened', { count: email.openCount })}
        />
      )}
      {email.clickCount > 0 && (
        <EventsMark
          email={email}
          tone="done"
          icon={<MousePointerClick size={13} aria-hidden />}
          words={t('email.clicked', { count: email.clickCount })}
        />
      )}
      {email.machineCount > 0 && (
        <EventsMark
          email={email}
          icon={<Bot size={13} aria-hidden />}
          words={t('email.machines', { count: email.machineCount })}
        />
      )}
    </div>
  );
}

function Unverified({ email }: { email: Email }) {
  const words = useWhyUnverified(email);
  return words && <Mark tone="fail" icon={<ShieldAlert size={13} aria-hidden />} words={words} />;
}

type Tone = 'done' | 'fail' | undefined;

const Mark = ({ tone, icon, words }: { tone?: Tone; icon: ReactNode; words: string }) => (
  <span className={styles.mark} data-tone={tone}>
    {icon} {words}
  </span>
);

function EventsMark({ email, tone, icon, words }: { email: Email; tone?: Tone; icon: ReactNode; words: string }) {
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <Popover opened={opened} onChange={close} position="bottom-start" width="min(420px, 92vw)" shadow="md">
      <Popover.Target>
        <button
          {...(opened ? ownEscape : {})}
          type="button"
          className={styles.mark}
          data-tone={tone}
          onClick={toggle}
          onKeyDown={(event) => event.key === 'Escape' && close()}
        >
          {icon} {words}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <EmailEvents email={email} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Delivery({ email: { delivery }, item }: { email: Email; item: Item }) {
  const { t } = useTranslation();
  const mayChange = useMay().item(item, 'change');
  const { mutate: retry, isPending } = useRetryDelivery(item.id);
  if (!delivery) return null;

  const { id, state, error } = delivery;
  const words = t(`email.delivery.${state}`);
  if (state === 'sent') return <Mark icon={<Check size={13} aria-hidden />} words={words} />;
  if (state !== 'failed' && state !== 'uncertain') return <Mark icon={<Clock size={13} aria-hidden />} words={words} />;
  return (
    <>
      <Mark tone="fail" icon={<TriangleAlert size={13} aria-hidden />} words={error ? `${words}: ${error}` : words} />
      {mayChange && (
        <Button
          size="compact-xs"
          variant="default"
          loading={isPending}
          onClick={() => retry(id, { onError: sayFailed })}
        >
          {t('timeline.sendAgain')}
        </Button>
      )}
    </>
  );
}
