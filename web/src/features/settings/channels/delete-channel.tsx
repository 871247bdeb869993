import { Button, Group, List, Stack, Text } from '@mantine/core';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import type { Channel, ChannelUse } from '@signalbox/contract/channels/channels.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { channelUseQuery, useDeleteChannel } from '../../../api/workspace/channels.ts';
import { ownName } from '../../../controls/definitions.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { DangerButton } from '../../../ui/danger-button.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';

/** Says what needs the channel; what nothing needs may go. */
export function DeleteChannel({ channel: { id, name }, close }: { channel: Channel; close: () => void }) {
  const { t } = useTranslation();
  const { data: use, error: unknown } = useQuery(channelUseQuery(id));
  const { mutate: remove, error, isPending } = useDeleteChannel(id);
  const isNeeded = use !== undefined && (use.automation.length > 0 || use.waiting > 0);
  return (
    <Dialog close={close} title={t(isNeeded ? 'channels.neededTitle' : 'channels.deleteTitle', { name })}>
      <Stack gap="sm">
        <ErrorNote error={unknown ?? error} />
        {!use && !unknown && <Loading lines={2} />}
        {isNeeded && <Needing use={use} />}
        {use && !isNeeded && <Text size="sm">{t('channels.deleteText')}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {t(isNeeded ? 'common.close' : 'common.cancel')}
          </Button>
          {use && !isNeeded && (
            <DangerButton loading={isPending} onClick={() => remove(undefined, { onSuccess: close })}>
              {t('common.delete')}
            </DangerButton>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}

function Needing({ use: { automation, waiting } }: { readonly use: ChannelUse }) {
  const { t, i18n } = useTranslation();
  const language = parseLanguage(i18n.language);
  return (
    <>
      {automation.length > 0 && <Text size="sm">{t('channels.needed')}</Text>}
      <List size="sm" spacing={4}>
        {automation.map(({ lane, key, name, entry, pipeline }) => (
          <List.Item key={`${pipeline.id} ${lane} ${entry ?? key}`}>
            {t(`channels.${lane}`)}{' '}
            <TextLink
              to="/automation/$type/$pipeline"
              params={{ type: pipeline.type, pipeline: String(pipeline.id) }}
              hash={entry ?? ''}
            >
              {ownName({ lane, key }, name ?? '', language)}
            </TextLink>{' '}
            · {pipeline.name}
          </List.Item>
        ))}
      </List>
      {waiting > 0 && <Text size="sm">{t('channels.waiting', { count: waiting })}</Text>}
    </>
  );
}
