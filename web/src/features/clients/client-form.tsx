import { Button, Group, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Client, type ClientKind, clientsQuery, useAddClient, useSaveClient } from '../../api/items/clients.ts';
import { useUsers } from '../../api/workspace/users.ts';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { fieldProblem, hasFieldProblems } from '../../ui/text/problem-text.ts';

interface ClientFormProps {
  kind: ClientKind;
  client?: Client;
  close: () => void;
}

/** Makes a client, or changes one. */
export function ClientForm({ kind, client, close }: ClientFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(() => draftOf(client));
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));
  const add = useAddClient(kind);
  const save = useSaveClient(kind, client?.id ?? 0);
  const error = add.error ?? save.error;

  const openCard = ({ id }: Client) =>
    void navigate({ to: '/clients/$kind/$client', params: { kind, client: String(id) } });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = bodyOf(kind, draft);
    if (client) save.mutate(body, { onSuccess: close });
    else add.mutate(body, { onSuccess: openCard });
  };

  return (
    <Dialog close={close} title={client ? client.name : t(`clients.add.${kind}`)}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <ErrorNote error={hasFieldProblems(error) ? null : error} />
          <TextInput
            label={t(`clients.name.${kind}`)}
            value={draft.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
            error={fieldProblem(error, 'name', t)}
            data-autofocus
            required
          />
          <TagsInput
            label={t('common.email')}
            value={draft.emails}
            onChange={(emails) => set({ emails })}
            error={fieldProblem(error, 'emails', t)}
            acceptValueOnBlur
          />
          <TagsInput
            label={t('common.phone')}
            value={draft.phones}
            onChange={(phones) => set({ phones })}
            error={fieldProblem(error, 'phones', t)}
            acceptValueOnBlur
          />
          {kind === 'contact' && <CompanyChoice value={draft.company} pick={(company) => set({ company })} />}
          <ResponsibleChoice value={draft.responsible} pick={(responsible) => set({ responsible })} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending || save.isPending} disabled={draft.name.trim() === ''}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

const draftOf = (client: Client | undefined) => ({
  name: client?.name ?? '',
  emails: client?.emails ?? [],
  phones: client?.phones ?? [],
  company: client?.company ?? null,
  responsible: client?.responsible?.id ?? null,
});

function bodyOf(kind: ClientKind, { company, ...draft }: ReturnType<typeof draftOf>) {
  return kind === 'contact' ? { ...draft, company } : draft;
}

interface ChoiceProps {
  value: number | null;
  pick: (id: number | null) => void;
}

function CompanyChoice({ value, pick }: ChoiceProps) {
  const { t } = useTranslation();
  const { data } = useInfiniteQuery(clientsQuery('company', ''));
  const companies = data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Select
      label={t('types.company.one')}
      data={companies.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={value === null ? null : String(value)}
      onChange={(id) => pick(id === null ? null : Number(id))}
      searchable
      clearable
    />
  );
}

function ResponsibleChoice({ value, pick }: ChoiceProps) {
  const { t } = useTranslation();
  const { data: people = [] } = useUsers();
  return (
    <Select
      label={t('clients.responsible')}
      data={people.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={value === null ? null : String(value)}
      onChange={(id) => pick(id === null ? null : Number(id))}
      searchable
      clearable
    />
  );
}
