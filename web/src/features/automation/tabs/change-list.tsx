import { useTranslation } from 'react-i18next';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { cardName } from '../model/definitions.ts';
import type { Difference } from '../model/merge.ts';
import styles from './tabs.module.css';

interface ChangeListProps {
  /** What an old version would bring back, or what a file says. */
  readonly words: 'versions.changes' | 'file.cards';
  /** From the base to theirs. */
  readonly differences: readonly Difference[];
  readonly stages: readonly { readonly code: string; readonly name: string }[];
}

/** What came, went and changed, one card a line. */
export function ChangeList({ words, differences, stages }: ChangeListProps) {
  const { t } = useTranslation('automation');
  const { language } = useFormFacts();
  return (
    <ul className={styles.changes}>
      {differences.map(({ id, base, theirs }) => {
        const card = theirs ?? base;
        const how = base === null ? 'added' : theirs === null ? 'removed' : 'changed';
        const stage = stages.find(({ code }) => code === card?.stage)?.name ?? card?.stage ?? '';
        return card === null ? null : (
          <li key={id}>{t(`${words}.${how}`, { name: cardName(card, language), stage })}</li>
        );
      })}
    </ul>
  );
}
