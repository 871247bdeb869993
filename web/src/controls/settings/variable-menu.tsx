import { ActionIcon, Combobox, useCombobox } from '@mantine/core';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormFacts, type Variable } from '../form-facts.tsx';
import { groupBy } from '../group-by.ts';
import styles from './template-control.module.css';

const SHOWN = 120;

/** The "…" menu: every name that a text may use, by group, with a search. */
export function VariableMenu({ onChoose }: { onChoose: (path: string) => void }) {
  const { t } = useTranslation('automation');
  const [search, setSearch] = useState('');
  const menu = useCombobox({ onDropdownClose: () => setSearch(''), onDropdownOpen: () => menu.focusSearchInput() });
  const { variables } = useFormFacts();
  const choose = (path: string) => {
    onChoose(path);
    menu.closeDropdown();
  };
  return (
    <Combobox store={menu} width={340} position="bottom-end" onOptionSubmit={choose} withinPortal>
      <Combobox.Target targetType="button">
        <ActionIcon size="sm" aria-label={t('controls.insertName')} onClick={() => menu.toggleDropdown()}>
          <Ellipsis size={16} />
        </ActionIcon>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder={t('controls.searchNames')}
        />
        <Names variables={matching(variables, search).slice(0, SHOWN)} />
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Names({ variables }: { variables: readonly Variable[] }) {
  const { t } = useTranslation('automation');
  const groups = groupBy(variables, ({ group }) => group);
  return (
    <Combobox.Options mah={320} style={{ overflowY: 'auto' }}>
      {[...groups].map(([group, names]) => (
        <Combobox.Group key={group} label={group}>
          {names.map(({ path, label }) => (
            <Combobox.Option key={path} value={path}>
              <div>{label}</div>
              <div className={styles.path}>{path}</div>
            </Combobox.Option>
          ))}
        </Combobox.Group>
      ))}
      {variables.length === 0 && <Combobox.Empty>{t('controls.nothingFound')}</Combobox.Empty>}
    </Combobox.Options>
  );
}

function matching(variables: readonly Variable[], search: string): readonly Variable[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return variables.filter(({ path, label, group }) =>
    words.every((word) => `${group} ${label} ${path}`.toLowerCase().includes(word)),
  );
}
