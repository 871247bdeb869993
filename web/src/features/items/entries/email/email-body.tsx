import { Anchor, Button } from '@mantine/core';
import type { Email } from '@signalbox/contract/channels/emails.ts';
import { useQuery } from '@tanstack/react-query';
import { ImageOff, Paperclip } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { attachmentUrl, emailWithImagesQuery, rawUrl } from '../../../../api/items/emails.ts';
import { useFileSize } from '../../../../controls/fields/file-size.ts';
import { MailFrame } from '../../../../ui/text/mail-frame.tsx';
import styles from './email-entry.module.css';

export function EmailBody({ email }: { email: Email }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(false);
  const { data: whole } = useQuery(emailWithImagesQuery(email.id, wanted));
  const [isOpen, setOpen] = useState(false);
  const { html, text, hasMore } = shownOf(whole ?? email, isOpen);

  return (
    <>
      {email.unreadable !== null && <Unreadable id={email.id} />}
      {email.blockedImages > 0 && !whole && (
        <div className={styles.images}>
          <span>
            <ImageOff size={13} aria-hidden /> {t('email.imagesOff', { count: email.blockedImages })}
          </span>
          <Button size="compact-xs" variant="default" loading={wanted} onClick={() => setWanted(true)}>
            {t('email.showImages')}
          </Button>
        </div>
      )}
      {html ? (
        <MailFrame html={html} title={email.subject} images={whole !== undefined} />
      ) : (
        <p className={styles.plain}>{text}</p>
      )}
      {hasMore && (
        <Button size="compact-xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('email.showNew') : t('email.showWhole')}
        </Button>
      )}
      <Attachments email={email} />
      <WhyWritten email={email} />
      <WhyHere email={email} />
    </>
  );
}

// Of a letter that somebody else's address sent, the reader may ask why this one is taken for its writer.
function WhyWritten({ email: { writer, replyTo, answersElsewhere, from } }: { email: Email }) {
  const { t } = useTranslation();
  const { reason = 'from', sentBy } = writer ?? {};
  const asked = answersElsewhere ?? replyTo;
  return (
    <>
      {reason !== 'from' && (
        <p className={styles.addresses}>{t(`email.writtenBy.${reason}`, { sentBy: sentBy?.address ?? '' })}</p>
      )}
      {asked !== null && asked !== from.address && (
        <p className={styles.addresses}>{t('email.writtenBy.answersTo', { to: asked })}</p>
      )}
    </>
  );
}

interface Shown {
  readonly html: string | null;
  readonly text: string;
  readonly hasMore: boolean;
}

// What the writer wrote now; what is quoted below it, and the signature of a plain text, when they are asked for.
function shownOf({ html, newHtml, text, newText }: Email, isOpen: boolean): Shown {
  const part = html === null ? newText : newHtml;
  const hasMore = part !== null && part.trim() !== '';
  if (!hasMore || isOpen) return { html, text, hasMore };
  return { html: html === null ? null : part, text: newText ?? text, hasMore };
}

function Unreadable({ id }: { id: number }) {
  const { t } = useTranslation();
  return (
    <p className={styles.addresses}>
      {t('email.unreadable')} <Anchor href={rawUrl(id)}>{t('email.raw')}</Anchor>
    </p>
  );
}

const tied = z.looseObject({ how: z.string(), choice: z.string().optional(), decided: z.string().optional() });

// Of a client's several items, the reader may ask why the e-mail stands on this one.
function WhyHere({ email }: { email: Email }) {
  const { t } = useTranslation();
  const reasons: Record<string, string> = t('email.tied', { returnObjects: true });
  const found = tied.safeParse(email.tiedBy).data;
  const reason = found && (reasons[found.choice ?? found.decided ?? found.how] ?? reasons[found.how]);
  return reason ? <p className={styles.addresses}>{reason}</p> : null;
}

function Attachments({ email: { id, attachments } }: { email: Email }) {
  const inWords = useFileSize();
  if (attachments.length === 0) return null;
  return (
    <ul className={styles.files}>
      {attachments.map(({ number, name, size }) => (
        <li key={number}>
          <Anchor href={attachmentUrl(id, number)} download={name} className={styles.mark}>
            <Paperclip size={13} aria-hidden /> {name} ({inWords(size)})
          </Anchor>
        </li>
      ))}
    </ul>
  );
}
