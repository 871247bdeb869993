import { Button } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionOf, isUnconnected } from '../../../controls/definitions.ts';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { DefinitionIcon } from '../../../controls/icon.tsx';
import type { Entry } from '../model/search.ts';
import styles from './catalogue.module.css';

interface CatalogueEntryProps {
  readonly entry: Entry;
  readonly onAdd: (entry: Entry, more: boolean) => void;
}

const several = (event: React.MouseEvent | React.KeyboardEvent) => event.ctrlKey || event.metaKey;

/** What it does, why use it, what is good to know; Ctrl or Cmd with a click anywhere on it adds it and goes on. */
export const CatalogueEntry = memo(function CatalogueEntry({ entry, onAdd }: CatalogueEntryProps) {
  const { t } = useTranslation('automation');
  const { language, channels } = useFormFacts();
  const definition = definitionOf(entry);
  const unconnected = definition !== undefined && isUnconnected(definition, channels);
  const { name, what, why, good } = entry.strings[language];
  const press = (event: React.MouseEvent) => {
    if (several(event)) onAdd(entry, true);
  };
  return (
    // The button inside does the same for the keyboard.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <li className={styles.entry} data-lane={entry.lane} onClick={press}>
      <span className={styles.icon}>
        <DefinitionIcon name={entry.icon} size={20} />
      </span>
      <div className={styles.text}>
        <h4 className={styles.name}>
          {name}
          {unconnected && <span className={styles.unconnected}>{t('catalogue.notConnected')}</span>}
        </h4>
        <dl className={styles.lines}>
          <Line term={t('catalogue.what')} text={what} />
          <Line term={t('catalogue.why')} text={why} />
          <Line term={t('catalogue.good')} text={good} />
        </dl>
      </div>
      <Button
        size="compact-sm"
        variant="light"
        aria-label={t('catalogue.addNamed', { name })}
        onClick={(event) => {
          event.stopPropagation();
          onAdd(entry, several(event));
        }}
      >
        {t('catalogue.add')}
      </Button>
    </li>
  );
});

function Line({ term, text }: { term: string; text: string }) {
  if (text === '' || text === '-') return null;
  return (
    <div className={styles.line}>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  );
}
