import { FilePlus, UserPen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { TextLink } from '../../../ui/button-link.tsx';
import { ByRule } from './entries.tsx';
import { EntryFrame } from './entry-frame.tsx';
import type { EntryProps } from './entry-props.ts';

const made = z.object({ item: z.number(), title: z.string(), type: z.string() });
const client = z.object({ kind: z.enum(['contact', 'company']), id: z.number(), name: z.string() });

/** On both sides of an item that a rule made of another, the way to the other. */
export function MadeEntry({ entry }: EntryProps) {
  const { t } = useTranslation();
  const kind = entry.kind === 'made-item' ? 'made-item' : 'made-of-item';
  const { data: other } = made.safeParse(entry.made);
  return (
    <EntryFrame icon={FilePlus} name={t(`timeline.kinds.${kind}`)} at={entry.at} author={entry.author}>
      {t(`timeline.kinds.${kind}`)}:{' '}
      {other !== undefined && (
        <TextLink size="sm" underline="always" to="/items/$item" params={{ item: String(other.item) }}>
          {other.title}
        </TextLink>
      )}
      {entry.rule && <ByRule rule={entry.rule} />}
    </EntryFrame>
  );
}

/** A rule wrote into fields of the item's contact or company. */
export function ClientChangedEntry({ entry }: EntryProps) {
  const { t } = useTranslation();
  const { data: whose } = client.safeParse(entry.client);
  return (
    <EntryFrame icon={UserPen} name={t('timeline.kinds.client-changed')} at={entry.at} author={entry.author}>
      {t('timeline.kinds.client-changed')}:{' '}
      {whose !== undefined && (
        <TextLink
          size="sm"
          underline="always"
          to="/clients/$kind/$client"
          params={{ kind: whose.kind, client: String(whose.id) }}
        >
          {whose.name}
        </TextLink>
      )}
      {entry.rule && <ByRule rule={entry.rule} />}
    </EntryFrame>
  );
}
