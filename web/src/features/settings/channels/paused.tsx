import { Alert, Button } from '@mantine/core';
import type { Channel } from '@signalbox/contract/channels/channels.ts';
import { CirclePause, Send } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useResumeChannel } from '../../../api/workspace/channels.ts';
import { ReasonText, useReasonWords } from '../../../controls/words/reason-words.tsx';
import { sayFailed } from '../../../ui/notify.ts';

interface PausedProps {
  readonly channel: Channel;
  readonly pause: NonNullable<Channel['pause']>;
  readonly readOnly: boolean;
}

/** Why nothing leaves through the channel now, when it is tried again, and the button for those who do not want to wait. */
export function Paused({ channel, pause, readOnly }: PausedProps) {
  const { t, i18n } = useTranslation();
  const { mutate: resume, isPending } = useResumeChannel(channel.id);
  const words = useReasonWords()(pause);
  // Nothing leaves through a line but the wish to call somebody, and nobody waits for that.
  const isLine = channel.kind === 'phone-line';
  const at = new Date(pause.until).toLocaleTimeString(i18n.language, { hour: '2-digit', minute: '2-digit' });
  return (
    <Alert
      color="yellow"
      icon={<CirclePause size={18} />}
      title={isLine ? t('channels.lineDown') : t('channels.paused')}
      p="sm"
    >
      {words && <ReasonText words={{ ...words, todo: '' }} />}{' '}
      {isLine ? t('channels.lineDownText', { at }) : t('channels.pausedText', { at })}
      {!readOnly && (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            mt="xs"
            leftSection={<Send size={14} />}
            loading={isPending}
            onClick={() => resume(undefined, { onError: sayFailed })}
          >
            {t('channels.resume')}
          </Button>
        </div>
      )}
    </Alert>
  );
}
