import type { ChannelDefinition } from '@signalbox/automation/kit/definitions/define-channel.ts';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import type { Channel } from '@signalbox/contract/channels/channels.ts';
import { useTranslation } from 'react-i18next';
import { useAddChannel, useSaveChannel } from '../../../api/workspace/channels.ts';
import { sayDone } from '../../../ui/notify.ts';
import type { Changes } from './kept-changes.ts';

interface Submission {
  readonly definition: ChannelDefinition;
  readonly channel: Channel | undefined;
  readonly changes: Changes;
  readonly after: () => void;
}

/** Makes the channel or saves what was changed of it. */
export function useSubmit({ definition, channel, changes, after }: Submission) {
  const { t, i18n } = useTranslation();
  const add = useAddChannel();
  const save = useSaveChannel(channel?.id ?? 0);
  const onSuccess = () => {
    sayDone(t('common.saved'));
    after();
  };
  const { kind, provider } = definition;
  const { name, settings } = changes;
  const submit = () => {
    if (channel !== undefined) return save.mutate({ name, settings }, { onSuccess });
    const byItself = definition.textIn(parseLanguage(i18n.language)).name;
    add.mutate({ kind, provider, name: ownName(changes) ?? byItself, settings }, { onSuccess });
  };
  return { submit, isPending: add.isPending || save.isPending, error: add.error ?? save.error };
}

/** The name that was given, else the address or number by which the channel is reached. */
function ownName({ name, settings: { address, number, sender } }: Changes): string | undefined {
  const given = [name, address, number, sender].map((one) => (typeof one === 'string' ? one.trim() : ''));
  return given.find((one) => one !== '');
}
