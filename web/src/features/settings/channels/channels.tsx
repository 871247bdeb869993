import { Alert, Button, Menu } from '@mantine/core';
import { channelKindOf, providersOf } from '@signalbox/automation/channels/index.ts';
import type { ChannelDefinition } from '@signalbox/automation/kit/definitions/define-channel.ts';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { type ChannelKind, channelKind } from '@signalbox/contract/channels/channels.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter, useSearch } from '@tanstack/react-router';
import { ArrowLeft, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelsQuery } from '../../../api/workspace/channels.ts';
import { useMe } from '../../../api/workspace/me.ts';
import { Loading } from '../../../ui/loading.tsx';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from '../settings.module.css';
import { ChannelFacts } from './channel-facts.tsx';
import { ChannelForm } from './channel-form.tsx';
import { ChannelPanel } from './channel-panel.tsx';
import { channelKept, findChanges } from './kept-changes.ts';
import { KindTabs } from './kind-tabs.tsx';

/** What clients reach the company by and what leaves through it, one kind at a time. */
export function Channels() {
  const { kind: named } = useParams({ strict: false });
  const kind = channelKind.safeParse(named).data ?? 'mailbox';
  return (
    <>
      <KindTabs kind={kind} />
      <WayBack />
      <ChannelFacts>
        <ChannelsOfKind key={kind} kind={kind} />
      </ChannelFacts>
    </>
  );
}

function ChannelsOfKind({ kind }: { readonly kind: ChannelKind }) {
  const { t, i18n } = useTranslation();
  const mayChange = useMe().rights.areas.settings;
  const { data: channels, error } = useQuery(channelsQuery(kind));
  const [adding, setAdding] = useState(() => begunOf(kind));
  const { what, add } = channelKindOf(kind).strings[parseLanguage(i18n.language)];
  return (
    <>
      <p className={styles.muted}>
        {what} {!mayChange && t('channels.readOnly')}
      </p>
      <ErrorNote error={error} />
      {!channels && !error && <Loading />}
      {channels?.length === 0 && !adding && <p className={styles.muted}>{t('channels.none')}</p>}
      {channels?.map((channel) => (
        <ChannelPanel key={channel.id} channel={channel} alone={channels.length === 1} readOnly={!mayChange} />
      ))}
      {adding && (
        <Panel title={add}>
          <ChannelForm definition={adding} done={() => setAdding(null)} />
        </Panel>
      )}
      {mayChange && !adding && <AddButton kind={kind} label={add} onAdd={setAdding} />}
    </>
  );
}

/** The one that somebody began to add before leaving the page. */
function begunOf(kind: ChannelKind): ChannelDefinition | null {
  return providersOf(kind).find(({ key }) => findChanges(channelKept(key)) !== null) ?? null;
}

interface AddButtonProps {
  readonly kind: ChannelKind;
  readonly label: string;
  readonly onAdd: (definition: ChannelDefinition) => void;
}

/** Asks for the provider when there is more than one. */
function AddButton({ kind, label, onAdd }: AddButtonProps) {
  const { i18n } = useTranslation();
  const [first, ...others] = providersOf(kind);
  if (first === undefined) return null;
  const isOnly = others.length === 0;
  const button = (
    <Button
      variant="default"
      leftSection={<Plus size={16} />}
      className={styles.first}
      onClick={isOnly ? () => onAdd(first) : undefined}
    >
      {label}
    </Button>
  );
  if (isOnly) return button;
  return (
    <Menu position="bottom-start">
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        {[first, ...others].map((definition) => (
          <Menu.Item key={definition.key} onClick={() => onAdd(definition)}>
            {definition.textIn(parseLanguage(i18n.language)).name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** For those who came from a trigger or rule that has nothing to stand on. */
function WayBack() {
  const { t } = useTranslation();
  const { back } = useSearch({ strict: false });
  const { history } = useRouter();
  if (back === undefined || back === '/') return null;
  return (
    <Alert p="sm" className={styles.wayBack}>
      {t('channels.backText')}
      <Button size="xs" leftSection={<ArrowLeft size={15} />} onClick={() => history.push(back)}>
        {t('channels.back')}
      </Button>
    </Alert>
  );
}
