import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ClientKind, clientsQuery, useAddClient } from '../../../api/items/clients.ts';
import { useMay } from '../../../api/workspace/may.ts';
import { ownEscape } from '../../../ui/panels/side-panel.tsx';
import { fieldProblem, problemText } from '../../../ui/text/problem-text.ts';

interface ClientPickerProps {
  kind: ClientKind;
  pick: (id: number) => void;
  cancel: () => void;
}

const makeNew = 'new';

/** Finds a client by name, address or phone, or makes one of the typed name. */
export function ClientPicker({ kind, pick, cancel }: ClientPickerProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 150);
  const { data } = useInfiniteQuery(clientsQuery(kind, q));
  const { mutateAsync: add, error, isPending } = useAddClient(kind);
  const found = (data?.pages ?? []).flatMap((page) => page.data);
  const known = found.map(({ id, name, emails }) => ({
    value: String(id),
    label: emails[0] ? `${name} (${emails[0]})` : name,
  }));
  const { addClient } = useMay();
  // Not before it is known who is there already.
  const isSearched = q === text.trim() && data !== undefined;
  const offer =
    q === '' || !isSearched || !addClient ? [] : [{ value: makeNew, label: t('item.makeClient', { name: q }) }];

  const choose = (value: string | null) => {
    if (value === null || isPending) return;
    if (value !== makeNew) return pick(Number(value));
    // Whoever was asked for is tied, even if the chooser has been left meanwhile.
    void add(newClient(text.trim())).then(
      ({ id }) => pick(id),
      () => {},
    );
  };

  return (
    <Select
      aria-label={t(`item.choose.${kind}`)}
      placeholder={t('item.findClient')}
      data={[...known, ...offer]}
      value={null}
      onChange={choose}
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={isSearched ? t('common.nothingFound') : undefined}
      error={error && (fieldProblem(error, 'name', t) ?? problemText(error, t))}
      {...ownEscape}
      onKeyDown={(event) => event.key === 'Escape' && cancel()}
      defaultDropdownOpened
      autoFocus
      mb="xs"
    />
  );
}

// Somebody types an address where a name is asked for.
const newClient = (text: string) => (text.includes('@') ? { name: text, emails: [text] } : { name: text });
