import { deedNames } from '@signalbox/automation/kit/definitions/deeds.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import type { Item } from '@signalbox/contract/items.ts';
import { CircleSlash, Undo2 } from 'lucide-react';
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
  // What stays is told last, with its reason.
  const ordered = lines.toSorted((one, other) => Number(isLeft(one)) - Number(isLeft(other)));
  const cancelled = Number(entry.cancelled ?? 0);
  const [back, stays] = [Number(entry.back ?? 0), Number(entry.stays ?? 0)];
  return (
    <EntryFrame icon={Undo2} name={t('timeline.kinds.undone')} at={entry.at} author={entry.author} boxed>
      <p className={styles.words}>
        {back > 0 && t('timeline.undone', { back })} {stays > 0 && t('timeline.undoneStays', { stays })}
      </p>
      {ordered.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry never changes
        <UndoneLine key={place} line={line} item={item} />
      ))}
      {cancelled > 0 && <p className={styles.small}>{t('timeline.undoneCancelled', { count: cancelled })}</p>}
    </EntryFrame>
  );
}

const isLeft = ({ reason }: Readonly<Record<string, unknown>>) => isRecord(reason);

function UndoneLine({ line, item }: { line: Readonly<Record<string, unknown>>; item: Item }) {
  const { i18n } = useTranslation();
  const { data: fields = [] } = useFields(item.type);
  const why = useReasonWords()({ reason: line.reason });
  const kind = new Map(Object.entries(deedNames[parseLanguage(i18n.language)])).get(String(line.kind)) ?? '';
  const about = String(line.about ?? '');
  const name = line.kind === 'fields' ? (fields.find(({ code }) => code === about)?.name ?? about) : about;
  const Sign = isLeft(line) ? CircleSlash : Undo2;
  return (
    <p className={styles.small} data-left={isLeft(line) || undefined}>
      <Sign size={12} aria-hidden className={styles.undoneSign} /> {[kind, name].filter(Boolean).join(': ')}
      {why && ` – ${why.what}`}
    </p>
  );
}
