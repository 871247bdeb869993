import { Button } from '@mantine/core';
import type { ChannelTest } from '@signalbox/contract/channels/channels.ts';
import { CircleCheck, CircleX, PlugZap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useTestChannel } from '../../../api/workspace/channels.ts';
import { ReasonText, useReasonWords } from '../../../controls/words/reason-words.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from '../settings.module.css';

/** Tries now whether a line works as it is set up, and says what does and what does not. */
export function TestLine({ line }: { line: number }) {
  const { t } = useTranslation('phone');
  const { mutate: test, data, error, isPending } = useTestChannel(line);
  return (
    <div>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<PlugZap size={14} />}
        loading={isPending}
        onClick={() => test()}
      >
        {t('line.test')}
      </Button>
      <ErrorNote error={error} />
      <div role="status">
        {data && (
          <ul className={styles.checks}>
            {data.checks.map((check) => (
              <Check key={check.code} check={check} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function Check({ check: { code, ok, message, reason } }: { check: ChannelTest['checks'][number] }) {
  const { t } = useTranslation('phone');
  const words = useReasonWords()({ reason, error: message });
  const Icon = ok ? CircleCheck : CircleX;
  return (
    <li className={styles.check} data-failed={!ok || undefined}>
      <Icon size={15} aria-hidden />
      <span>
        {t(`line.checks.${code}.${ok ? 'works' : 'fails'}`)} {!ok && words && <ReasonText words={words} />}
      </span>
    </li>
  );
}
