import { Button, PasswordInput, Switch, TextInput } from '@mantine/core';
import { parseLanguage, tongues } from '@signalbox/automation/kit/words/languages.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeFirstAccount, useSetup } from '../../api/workspace/setup.ts';
import { fieldProblem } from '../../ui/text/problem-text.ts';
import { FrontPage } from './front-page.tsx';

interface FirstAccount {
  name: string;
  email: string;
  password: string;
  workspaceName: string;
  sampleData: boolean;
  code?: string;
}

export function WelcomePage() {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<FirstAccount>({
    name: '',
    email: '',
    password: '',
    workspaceName: '',
    sampleData: true,
    code: codeOfLink(),
  });
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));

  const make = useMakeAccount();
  const problem = (path: string) => fieldProblem(make.error, path, t);

  return (
    <FrontPage title={t('welcome.title')} text={t('welcome.text')} error={make.error} submit={() => make.mutate(draft)}>
      <TextInput
        label={t('welcome.company')}
        value={draft.workspaceName}
        onChange={(event) => set({ workspaceName: event.currentTarget.value })}
        error={problem('workspaceName')}
        autoComplete="organization"
        required
        data-autofocus
      />
      <TextInput
        label={t('welcome.yourName')}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={problem('name')}
        autoComplete="name"
        required
      />
      <TextInput
        label={t('common.email')}
        inputMode="email"
        value={draft.email}
        onChange={(event) => set({ email: event.currentTarget.value })}
        error={problem('email')}
        autoComplete="username"
        required
      />
      <PasswordInput
        label={t('welcome.password')}
        description={t('welcome.passwordHint')}
        value={draft.password}
        onChange={(event) => set({ password: event.currentTarget.value })}
        error={problem('password')}
        autoComplete="new-password"
        required
      />
      <Last draft={draft} set={set} codeProblem={problem('code')} />
      <Button type="submit" size="md" loading={make.isPending}>
        {t('welcome.start')}
      </Button>
    </FrontPage>
  );
}

interface LastProps {
  draft: FirstAccount;
  set: (change: Partial<FirstAccount>) => void;
  codeProblem: string | undefined;
}

// The code where it is asked for, and whether there is something to look at on the first day.
function Last({ draft, set, codeProblem }: LastProps) {
  const { t } = useTranslation();
  const { data: setup } = useSetup();
  return (
    <>
      {setup?.needsCode && (
        <TextInput
          label={t('welcome.code')}
          description={t('welcome.codeHint')}
          value={draft.code ?? ''}
          onChange={(event) => set({ code: event.currentTarget.value })}
          error={codeProblem}
          autoComplete="one-time-code"
          required
        />
      )}
      <Switch
        label={t('welcome.samples')}
        description={t('welcome.samplesHint')}
        checked={draft.sampleData}
        onChange={(event) => set({ sampleData: event.currentTarget.checked })}
      />
    </>
  );
}

// `npm start` prints a link with the code in it.
const codeOfLink = () => new URLSearchParams(window.location.hash.slice(1)).get('code') ?? undefined;

// The language is the one on screen, the currency a guess from it, the time zone the browser's.
function useMakeAccount() {
  const { i18n } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: FirstAccount) => {
      const language = parseLanguage(i18n.language);
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      return makeFirstAccount({ ...draft, language, currency: tongues[language].currency, timeZone });
    },
    onSuccess: () => {
      client.clear();
      return navigate({ to: '/' });
    },
  });
}
