import { ActionIcon, Badge, Collapse, Group, Switch } from '@mantine/core';
import { findChannelDefinition } from '@signalbox/automation/channels/index.ts';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import type { Channel } from '@signalbox/contract/channels/channels.ts';
import { ChevronDown, ChevronUp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaveChannel } from '../../../api/workspace/channels.ts';
import { sayFailed } from '../../../ui/notify.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import styles from '../settings.module.css';
import { ChannelForm } from './channel-form.tsx';
import { DeleteChannel } from './delete-channel.tsx';
import { channelKept, findChanges } from './kept-changes.ts';
import { LineConnection } from './line-connection.tsx';
import { Paused } from './paused.tsx';

interface ChannelPanelProps {
  readonly channel: Channel;
  /** The only one of its kind is shown whole at once. */
  readonly alone: boolean;
  readonly readOnly: boolean;
}

/** One channel: its name and switch, its settings when it is opened. */
export function ChannelPanel({ channel, alone, readOnly }: ChannelPanelProps) {
  const { t, i18n } = useTranslation();
  const [chosen, setChosen] = useState<boolean | null>(() => (findChanges(channelKept(channel.id)) ? true : null));
  const [deleting, setDeleting] = useState(false);
  const definition = findChannelDefinition(channel.kind, channel.provider);
  const opened = chosen ?? alone;
  const Chevron = opened ? ChevronUp : ChevronDown;
  const provider = definition?.textIn(parseLanguage(i18n.language)).name ?? channel.provider;
  return (
    <Panel
      title={<Heading channel={channel} provider={provider} />}
      actions={
        <Group gap="xs" wrap="nowrap">
          {!readOnly && <OnSwitch channel={channel} />}
          {!readOnly && (
            <ActionIcon aria-label={t('channels.delete', { name: channel.name })} onClick={() => setDeleting(true)}>
              <Trash2 size={16} />
            </ActionIcon>
          )}
          <ActionIcon
            aria-label={t('channels.open', { name: channel.name })}
            aria-expanded={opened}
            onClick={() => setChosen(!opened)}
          >
            <Chevron size={18} />
          </ActionIcon>
        </Group>
      }
    >
      {channel.pause && <Paused channel={channel} pause={channel.pause} readOnly={readOnly} />}
      <Collapse expanded={opened}>
        {channel.kind === 'phone-line' && !readOnly && <LineConnection line={channel} />}
        {definition && <ChannelForm channel={channel} definition={definition} readOnly={readOnly} />}
      </Collapse>
      {deleting && <DeleteChannel channel={channel} close={() => setDeleting(false)} />}
    </Panel>
  );
}

function Heading({ channel, provider }: { readonly channel: Channel; readonly provider: string }) {
  const { name, settings } = channel;
  const reached = [settings.address, settings.number].find((one) => typeof one === 'string' && one !== name);
  return (
    <span className={styles.channelHead}>
      <span className={styles.channelName}>{name}</span>
      {typeof reached === 'string' && <span className={styles.email}>{reached}</span>}
      <Badge variant="default" size="sm" tt="none">
        {provider}
      </Badge>
    </span>
  );
}

function OnSwitch({ channel: { id, name, enabled } }: { readonly channel: Channel }) {
  const { t } = useTranslation();
  const { mutate, isPending } = useSaveChannel(id);
  return (
    <Switch
      size="sm"
      label={t(enabled ? 'channels.on' : 'channels.off')}
      classNames={{ labelWrapper: styles.onLabel }}
      aria-label={`${name}: ${t('channels.on')}`}
      checked={enabled}
      disabled={isPending}
      onChange={(event) => mutate({ enabled: event.currentTarget.checked }, { onError: sayFailed })}
    />
  );
}
