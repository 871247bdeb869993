import { Button, CloseButton, Tabs, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Plus, Search, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ClientKind, clientsQuery } from '../../api/items/clients.ts';
import { useMay } from '../../api/workspace/may.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { ClientFiles } from './client-files.tsx';
import { ClientForm } from './client-form.tsx';
import { ClientTable } from './client-table.tsx';
import styles from './clients.module.css';

const kindOf = (text: string): ClientKind => (text === 'company' ? 'company' : 'contact');

export function ClientsPage() {
  const { t } = useTranslation();
  const params = useParams({ from: '/signed-in/clients/$kind' });
  const { q = '', add } = useSearch({ from: '/signed-in/clients/$kind' });
  const navigate = useNavigate({ from: '/clients/$kind' });
  const kind = kindOf(params.kind);
  const { addClient } = useMay();
  const adding = (on: boolean) =>
    void navigate({ search: (before) => ({ ...before, add: on || undefined }), replace: true });

  return (
    <div className={styles.page}>
      <VisuallyHidden component="h1">{t('shell.clients')}</VisuallyHidden>
      <div className={styles.head}>
        <Tabs
          value={kind}
          variant="pills"
          radius="md"
          onChange={(chosen) => chosen && void navigate({ to: '/clients/$kind', params: { kind: chosen } })}
        >
          <Tabs.List>
            <Tabs.Tab value="contact">{t('types.contact.many')}</Tabs.Tab>
            <Tabs.Tab value="company">{t('types.company.many')}</Tabs.Tab>
          </Tabs.List>
        </Tabs>
        <ClientSearch key={kind} q={q} />
        <ClientFiles kind={kind} q={q} />
        {addClient && (
          <Button leftSection={<Plus size={16} />} onClick={() => adding(true)}>
            {t(`clients.add.${kind}`)}
          </Button>
        )}
      </div>
      <Found kind={kind} q={q} add={addClient ? () => adding(true) : null} />
      {add && addClient && <ClientForm kind={kind} close={() => adding(false)} />}
      <Outlet />
    </div>
  );
}

function ClientSearch({ q }: { q: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/clients/$kind' });
  const [text, setText] = useState(q);
  const search = useDebouncedCallback(
    (wanted: string) => void navigate({ search: (before) => ({ ...before, q: wanted || undefined }), replace: true }),
    200,
  );
  const change = (wanted: string) => {
    setText(wanted);
    search(wanted.trim());
  };
  return (
    <TextInput
      className={styles.search}
      aria-label={t('clients.search')}
      placeholder={t('clients.search')}
      leftSection={<Search size={15} />}
      rightSection={text && <CloseButton size="sm" aria-label={t('board.clear')} onClick={() => change('')} />}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

function Found({ kind, q, add }: { kind: ClientKind; q: string; add: (() => void) | null }) {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    clientsQuery(kind, q),
  );
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <Loading lines={8} />;

  const clients = data.pages.flatMap((page) => page.data);
  if (clients.length === 0 && q !== '') {
    return <EmptyState icon={Search} title={t('common.nothingFound')} text={t('clients.nothingFor', { q })} />;
  }
  if (clients.length === 0) {
    const first = add && <Button onClick={add}>{t(`clients.add.${kind}`)}</Button>;
    return <EmptyState icon={Users} title={t(`clients.empty.${kind}`)} text={t('clients.emptyText')} action={first} />;
  }
  return (
    <>
      <ClientTable kind={kind} clients={clients} />
      {hasNextPage && (
        <Button variant="subtle" m="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </>
  );
}
