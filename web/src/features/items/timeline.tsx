import { Button } from '@mantine/core';
import type { Email } from '@signalbox/contract/channels/emails.ts';
import type { Item } from '@signalbox/contract/items.ts';
import type { TimelineEntry } from '@signalbox/contract/timeline.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { emailsQuery } from '../../api/items/emails.ts';
import { timelineQuery } from '../../api/items/items.ts';
import { Loading } from '../../ui/loading.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { type Reply, replyTo } from './composer/reply.ts';
import { ConversionEntry } from './entries/conversion-entry.tsx';
import { EmailEntry } from './entries/email/email-entry.tsx';
import { BouncedEntry, EmailEventEntry } from './entries/email/email-event-entries.tsx';
import {
  CommentEntry,
  CreatedEntry,
  DeliveryEntry,
  MovedEntry,
  PlainEntry,
  RuleFailedEntry,
} from './entries/entries.tsx';
import type { EntryProps } from './entries/entry-props.ts';
import styles from './timeline.module.css';

interface TimelineProps {
  item: Item;
  answer: (reply: Reply) => void;
}

export function Timeline({ item, answer }: TimelineProps) {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    timelineQuery(item.id),
  );
  const { data: emails } = useQuery(emailsQuery(item.id));
  const entries = data?.pages.flatMap((page) => page.data) ?? [];

  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <Loading lines={6} />;
  return (
    <>
      <ol className={styles.timeline} aria-label={t('item.tabs.timeline')}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} item={item} email={emails?.get(emailOf(entry))} answer={answer} />
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="subtle" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </>
  );
}

const entriesByKind: Record<string, ComponentType<EntryProps>> = {
  comment: CommentEntry,
  moved: MovedEntry,
  created: CreatedEntry,
  converted: ConversionEntry,
  'made-of-lead': ConversionEntry,
  'email-opened': EmailEventEntry,
  'email-clicked': EmailEventEntry,
  'email-bounced': BouncedEntry,
  'rule-failed': RuleFailedEntry,
  'delivery-failed': DeliveryEntry,
  'delivery-uncertain': DeliveryEntry,
  'delivery-paused': DeliveryEntry,
};

interface AnyEntryProps extends EntryProps {
  email: Email | undefined;
  answer: (reply: Reply) => void;
}

function Entry({ entry, item, email, answer }: AnyEntryProps) {
  const Known = entriesByKind[entry.kind];
  if (Known) return <Known entry={entry} item={item} />;
  if (email) return <EmailEntry email={email} item={item} answer={() => answer(replyTo(email))} />;
  return <PlainEntry entry={entry} />;
}

const emailOf = ({ email }: TimelineEntry) => (typeof email === 'number' ? email : 0);
