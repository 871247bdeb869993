import { Button, Group, Stack } from '@mantine/core';
import type { Channel } from '@signalbox/contract/channels/channels.ts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddChannel, useSaveChannel } from '../../api/channels.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { sayDone } from '../../ui/notify.ts';
import { fieldProblem, hasFieldProblems } from '../../ui/problem-text.ts';
import { type Setting, SettingInput } from './setting-input.tsx';

type Values = Channel['settings'];

interface MailboxFormProps {
  mailbox?: Channel;
  provider: string;
  settings: readonly Setting[];
  readOnly?: boolean;
  done?: () => void;
}

/** A mailbox's settings, drawn from what the server says a mailbox has. */
export function MailboxForm({ mailbox, provider, settings, readOnly, done }: MailboxFormProps) {
  const { t } = useTranslation();
  const [changes, setChanges] = useState<Values>({});
  const add = useAddChannel();
  const save = useSaveChannel(mailbox?.id ?? 0);
  const error = add.error ?? save.error;
  const settingValue = ({ code, default: byDefault }: Setting) => changes[code] ?? mailbox?.settings[code] ?? byDefault;

  const onSuccess = () => {
    setChanges({});
    sayDone(t('common.saved'));
    done?.();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (mailbox) return save.mutate({ settings: changes }, { onSuccess });
    add.mutate(
      { kind: 'mailbox', provider, name: String(changes.address ?? provider), settings: changes },
      { onSuccess },
    );
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" maw={520}>
        <ErrorNote error={hasFieldProblems(error) ? null : error} />
        {settings.map((setting) => (
          <SettingInput
            key={setting.code}
            setting={setting}
            value={settingValue(setting)}
            change={(value) => setChanges({ ...changes, [setting.code]: value })}
            error={fieldProblem(error, `settings.${setting.code}`, t)}
            disabled={readOnly === true}
          />
        ))}
        {!readOnly && (
          <Group justify="flex-end">
            {done && (
              <Button variant="default" onClick={done}>
                {t('common.cancel')}
              </Button>
            )}
            <Button
              type="submit"
              loading={add.isPending || save.isPending}
              disabled={mailbox !== undefined && Object.keys(changes).length === 0}
            >
              {t('common.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
