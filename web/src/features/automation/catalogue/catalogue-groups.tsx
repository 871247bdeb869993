import type { Language } from '@signalbox/automation/kit/words/languages.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { groupBy } from '../../../controls/group-by.ts';
import type { Lane } from '../model/cards.ts';
import { catalogueOf, groups } from '../model/definitions.ts';
import { type Filter, groupOf, search } from '../model/search.ts';
import styles from './catalogue.module.css';

interface CatalogueGroupsProps {
  readonly filter: Filter;
  readonly onChoose: (group: string | null) => void;
  readonly language: Language;
}

/** The groups with how many of what is searched for they hold. */
export function CatalogueGroups({ filter, onChoose, language }: CatalogueGroupsProps) {
  const { t } = useTranslation('automation');
  const { itemType } = useFormFacts();
  const found = useMemo(
    () => search(catalogueOf(itemType), { ...filter, group: null }, language),
    [itemType, filter, language],
  );
  const counts = groupBy(found, groupOf);
  const recent = found.filter(({ key }) => filter.recent.includes(key)).length;
  const line = (group: string | null, name: string, count: number) => (
    <li key={group ?? 'all'}>
      <button
        type="button"
        className={styles.group}
        aria-pressed={filter.group === group}
        onClick={() => onChoose(group)}
      >
        <span className={styles.groupName}>{name}</span>
        <span className={styles.groupCount}>{count}</span>
      </button>
    </li>
  );
  const linesOf = (lane: Lane) =>
    groups
      .filter((one) => one.lane === lane && (counts.get(groupOf(one))?.length ?? 0) > 0)
      .map((one) => line(groupOf(one), one.name(language), counts.get(groupOf(one))?.length ?? 0));
  return (
    <nav className={styles.groups} aria-label={t('catalogue.groups')}>
      <ul className={styles.groupList}>
        {line(null, t('catalogue.everything'), found.length)}
        {recent > 0 && line('recent', t('catalogue.recent'), recent)}
      </ul>
      {(['trigger', 'rule'] as const).map((lane) => {
        const lines = linesOf(lane);
        return lines.length === 0 ? null : (
          <div key={lane}>
            <h3 className={styles.laneName}>{t(`board.lanes.${lane}`)}</h3>
            <ul className={styles.groupList}>{lines}</ul>
          </div>
        );
      })}
    </nav>
  );
}
