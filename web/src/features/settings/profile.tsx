import { Button, Group, SegmentedControl, Select, Stack, Text, TextInput, useMantineColorScheme } from '@mantine/core';
import { isLanguage, languages, tongues } from '@signalbox/automation/kit/words/languages.ts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useSaveMe } from '../../api/workspace/me.ts';
import { secondStepQuery } from '../../api/workspace/second-factor.ts';
import { OwnPassword } from '../../controls/account/own-password.tsx';
import { SecondFactor } from '../../controls/account/second-factor.tsx';
import { AddressesInput } from '../../controls/mail/addresses-input.tsx';
import { speak } from '../../i18n/i18n.ts';
import { sayDone, sayFailed } from '../../ui/notify.ts';
import { Panel } from '../../ui/panels/panel.tsx';
import { fieldProblem, problemText } from '../../ui/text/problem-text.ts';
import { OwnSessions } from './account/own-sessions.tsx';

export function Profile() {
  const { t } = useTranslation(['entrance', 'translation']);
  const isOneself = useMe().seenBy === null;
  // Whoever has always signed in elsewhere has no password to change.
  const { data: step } = useQuery({ ...secondStepQuery, enabled: isOneself });
  return (
    <Stack gap="md">
      <Panel>
        <Stack gap="md" maw={420}>
          <NameForm />
          <FurtherAddresses />
          <LanguageChoice />
          <ThemeChoice />
        </Stack>
      </Panel>
      {isOneself && step?.password !== false && (
        <Panel title={t('translation:account.password')}>
          <OwnPassword />
        </Panel>
      )}
      {isOneself && (
        <Panel title={t('factors.title')}>
          <Text size="sm" c="dimmed" mb="md">
            {t('factors.text')}
          </Text>
          <SecondFactor />
        </Panel>
      )}
      {isOneself && <OwnSessions />}
    </Stack>
  );
}

function NameForm() {
  const { t } = useTranslation();
  const me = useMe();
  const [name, setName] = useState(me.name);
  const { mutate: save, error, isPending } = useSaveMe();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save({ name }, { onSuccess: () => sayDone(t('common.saved')) });
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          flex={1}
          label={t('welcome.yourName')}
          description={me.email}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={error && (fieldProblem(error, 'name', t) ?? problemText(error, t))}
        />
        <Button type="submit" variant="default" loading={isPending} disabled={name.trim() === '' || name === me.name}>
          {t('common.save')}
        </Button>
      </Group>
    </form>
  );
}

function FurtherAddresses() {
  const { t } = useTranslation();
  const { addresses } = useMe();
  const { mutate: save, error } = useSaveMe();
  const wrong = error && problemText(error, t);
  return <AddressesInput value={addresses} onChange={(changed) => save({ addresses: changed })} error={wrong} />;
}

function LanguageChoice() {
  const { t, i18n } = useTranslation();
  const { mutate: save } = useSaveMe();
  const choose = (language: string | null) => {
    if (language === null || !isLanguage(language)) return;
    void speak(language);
    save({ language }, { onError: sayFailed });
  };
  return (
    <Select
      label={t('profile.language')}
      data={languages.map((value) => ({ value, label: tongues[value].name }))}
      value={i18n.language}
      onChange={choose}
      allowDeselect={false}
    />
  );
}

const themes = ['light', 'dark', 'auto'] as const;

function ThemeChoice() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack gap={4}>
      <span id="theme-label" style={{ fontSize: 'var(--mantine-font-size-sm)', fontWeight: 500 }}>
        {t('profile.theme')}
      </span>
      <SegmentedControl
        aria-labelledby="theme-label"
        data={themes.map((value) => ({ value, label: t(`profile.themes.${value}`) }))}
        value={colorScheme}
        onChange={(chosen) => setColorScheme(themes.find((one) => one === chosen) ?? 'auto')}
      />
    </Stack>
  );
}
