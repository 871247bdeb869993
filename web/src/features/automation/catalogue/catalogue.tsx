import { ActionIcon, Group, TextInput } from '@mantine/core';
import type { Language } from '@signalbox/automation/kit/words/languages.ts';
import { Filter as FilterIcon, Search, X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { StageSelect } from '../../../controls/settings/chooser-controls.tsx';
import { NamedDrawer } from '../../../ui/panels/named-drawer.tsx';
import { OnlyMenu } from '../editing/only-menu.tsx';
import type { Lane } from '../model/cards.ts';
import { catalogueOf } from '../model/definitions.ts';
import { type Entry, type Filter, search } from '../model/search.ts';
import styles from './catalogue.module.css';
import { CatalogueEntry } from './catalogue-entry.tsx';
import { CatalogueGroups } from './catalogue-groups.tsx';
import { findRecent, rememberRecent } from './recent.ts';

export interface CatalogueOpening {
  readonly stage: string;
  readonly only: Lane | 'all';
}

interface CatalogueProps {
  readonly opening: CatalogueOpening | null;
  readonly onClose: () => void;
  readonly onStage: (stage: string) => void;
  /** `more`: keep the catalogue open and leave the settings for later. */
  readonly onAdd: (entry: Entry, more: boolean) => void;
}

/** Everything that can be put on a stage. */
export function Catalogue({ opening, onClose, onStage, onAdd }: CatalogueProps) {
  const { t } = useTranslation('automation');
  return (
    <NamedDrawer
      opened={opening !== null}
      onClose={onClose}
      size={900}
      label={t('catalogue.title')}
      classNames={{ body: styles.drawer, content: styles.content }}
    >
      {opening !== null && <Inside opening={opening} onClose={onClose} onStage={onStage} onAdd={onAdd} />}
    </NamedDrawer>
  );
}

function Inside({ opening, onClose, onStage, onAdd }: CatalogueProps & { readonly opening: CatalogueOpening }) {
  const { t } = useTranslation('automation');
  const { stages, language } = useFormFacts();
  const [filter, setFilter] = useState<Filter>(() => ({
    text: '',
    only: opening.only,
    group: null,
    recent: findRecent(),
  }));
  useEffect(() => setFilter((before) => ({ ...before, only: opening.only })), [opening.only]);
  const [added, setAdded] = useState(0);
  const add = (entry: Entry, more: boolean) => {
    rememberRecent(entry.key);
    setAdded(added + 1);
    onAdd(entry, more);
  };
  return (
    <>
      <header className={styles.top}>
        <Group gap="sm" wrap="nowrap" align="flex-end" className={styles.tools}>
          <div className={styles.stage}>
            <StageSelect label={t('catalogue.stage')} stages={stages} value={opening.stage} onChange={onStage} />
          </div>
          <TextInput
            className={styles.search}
            aria-label={t('catalogue.search')}
            placeholder={t('catalogue.search')}
            leftSection={<Search size={15} />}
            value={filter.text}
            onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value, group: null })}
            data-autofocus
          />
          <OnlyMenu
            only={filter.only}
            onChange={(only) => setFilter({ ...filter, only, group: null })}
            icon={<FilterIcon size={17} />}
          />
          <ActionIcon size="lg" aria-label={t('catalogue.close')} onClick={onClose}>
            <X size={18} />
          </ActionIcon>
        </Group>
      </header>
      <div className={styles.inside}>
        <CatalogueGroups filter={filter} onChoose={(group) => setFilter({ ...filter, group })} language={language} />
        <Entries filter={filter} language={language} onAdd={add} added={added} />
      </div>
    </>
  );
}

interface EntriesProps {
  readonly filter: Filter;
  readonly language: Language;
  readonly onAdd: CatalogueProps['onAdd'];
  readonly added: number;
}

function Entries({ filter, language, onAdd, added }: EntriesProps) {
  const { t } = useTranslation('automation');
  const { itemType } = useFormFacts();
  const found = useMemo(() => search(catalogueOf(itemType), filter, language), [itemType, filter, language]);
  return (
    <div className={styles.entries}>
      <p className={styles.hint}>
        {t('catalogue.several')} <b role="status">{added > 0 && t('catalogue.added', { count: added })}</b>
      </p>
      <ul className={styles.list}>
        {found.map((entry) => (
          <CatalogueEntry key={`${entry.lane}:${entry.key}`} entry={entry} onAdd={onAdd} />
        ))}
      </ul>
      {found.length === 0 && <p className={styles.hint}>{t('catalogue.nothing')}</p>}
    </div>
  );
}
