import { Button, Divider, Fieldset, Group, Stack, TextInput } from '@mantine/core';
import type { ChannelDefinition } from '@signalbox/automation/kit/definitions/define-channel.ts';
import { tieTexts } from '@signalbox/automation/kit/settings/ties.ts';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import type { Channel } from '@signalbox/contract/channels/channels.ts';
import { type FormEvent, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { SettingsForm } from '../../../controls/settings/settings-form.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { fieldProblem, hasFieldProblems } from '../../../ui/text/problem-text.ts';
import styles from '../settings.module.css';
import { channelKept } from './kept-changes.ts';
import { useChanges } from './use-changes.ts';
import { useSubmit } from './use-submit.ts';

interface ChannelFormProps {
  readonly definition: ChannelDefinition;
  /** Left out: it is to be made. */
  readonly channel?: Channel;
  readonly readOnly?: boolean;
  readonly done?: () => void;
}

/** A channel's settings, drawn from its definition as those of triggers and rules are. */
export function ChannelForm({ definition, channel, readOnly = false, done }: ChannelFormProps) {
  const { t, i18n } = useTranslation();
  const language = parseLanguage(i18n.language);
  const fields = { ...definition.fields, ...definition.ties };
  const { changes, setName, setSetting, clear } = useChanges(channelKept(channel?.id ?? definition.key), fields);
  const { submit, isPending, error } = useSubmit({
    definition,
    channel,
    changes,
    after: () => {
      clear();
      done?.();
    },
  });
  const onSubmit = useCallback(
    (event: FormEvent) => {
      event.preventDefault();
      submit();
    },
    [submit],
  );
  const { what, fields: texts } = definition.textIn(language);
  const errors = Object.fromEntries(
    Object.keys(fields).map((name) => [name, fieldProblem(error, `settings.${name}`, t) ?? '']),
  );
  const shared = { texts, values: { ...channel?.settings, ...changes.settings }, onChange: setSetting, errors };
  const isChanged = changes.name !== undefined || Object.keys(changes.settings).length > 0;
  return (
    <form onSubmit={onSubmit} noValidate>
      <Fieldset variant="unstyled" disabled={readOnly} maw={520}>
        <Stack gap="md">
          <p className={styles.muted}>{what}</p>
          <ErrorNote error={hasFieldProblems(error) ? null : error} />
          <TextInput
            label={t('common.name')}
            description={channel === undefined ? t('channels.nameHint') : undefined}
            value={changes.name ?? channel?.name ?? ''}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fieldProblem(error, 'name', t)}
          />
          <SettingsForm fields={definition.fields} {...shared} />
          {Object.keys(definition.ties).length > 0 && (
            <>
              <Divider label={tieTexts[language].title} labelPosition="left" />
              <SettingsForm fields={definition.ties} {...shared} />
            </>
          )}
          {!readOnly && (
            <Group justify="flex-end">
              {(isChanged || done) && (
                <Button
                  variant="default"
                  onClick={() => {
                    clear();
                    done?.();
                  }}
                >
                  {t('common.cancel')}
                </Button>
              )}
              <Button type="submit" loading={isPending} disabled={channel !== undefined && !isChanged}>
                {t('common.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </Fieldset>
    </form>
  );
}
