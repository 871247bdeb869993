import { deedNames } from '@signalbox/automation/kit/definitions/deeds.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import type { Item } from '@signalbox/contract/items.ts';
import { Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFields } from '../../../api/items/fields.ts';
import { useReasonWords } from '../../../controls/words/reason-words.tsx';
import styles from '../timeline.module.css';
import { EntryFrame } from './entry-frame.tsx';
import type { EntryProps } from './entry-props.ts';

/** Somebody took back what rules did: what, and what stays and why. */
export function UndoneEntry({ entry, item }: EntryProps) {
  const { t } = useTranslation();
  const lines = Array.isArray(entry.lines) ? entry.lines.filter(isRecord) : [];
  const counts = { back: Number(entry.back ?? 0), stays: Number(entry.stays ?? 0) };
  return (
    <EntryFrame icon={Undo2} name={t('timeline.kinds.undone')} at={entry.at} author={entry.author} boxed>
      <p className={styles.words}>{t('timeline.undone', counts)}</p>
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry never changes
        <UndoneLine key={place} line={line} item={item} />
      ))}
    </EntryFrame>
  );
}

function UndoneLine({ line, item }: { line: Readonly<Record<string, unknown>>; item: Item }) {
  const { i18n } = useTranslation();
  const { data: fields = [] } = useFields(item.type);
  const why = useReasonWords()({ reason: line.reason });
  const kind = new Map(Object.entries(deedNames[parseLanguage(i18n.language)])).get(String(line.kind)) ?? '';
  const about = String(line.about ?? '');
  const name = line.kind === 'fields' ? (fields.find(({ code }) => code === about)?.name ?? about) : about;
  return (
    <p className={styles.small}>
      {[kind, name].filter(Boolean).join(': ')}
      {why && ` – ${why.what}`}
    </p>
  );
}
