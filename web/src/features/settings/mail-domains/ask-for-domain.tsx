import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAskForDomain } from '../../../api/workspace/mail-domains.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';

/** The first step of a claim: which domain it is. */
export function AskForDomain() {
  const { t } = useTranslation('mailDomains');
  const [domain, setDomain] = useState('');
  const { mutate: ask, error, isPending } = useAskForDomain();
  function submit(event: FormEvent) {
    event.preventDefault();
    ask(domain, { onSuccess: () => setDomain('') });
  }
  return (
    <Panel title={t('claimTitle')}>
      <form onSubmit={submit}>
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t('domain')}
            placeholder="firm.example"
            value={domain}
            onChange={({ currentTarget }) => setDomain(currentTarget.value)}
            autoCapitalize="off"
            autoComplete="off"
            spellCheck={false}
            flex="1 1 220px"
            maw={420}
          />
          <Button type="submit" loading={isPending} disabled={domain.trim() === ''}>
            {t('claim')}
          </Button>
        </Group>
      </form>
      <ErrorNote error={error} />
    </Panel>
  );
}
