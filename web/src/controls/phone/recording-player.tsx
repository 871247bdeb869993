import { SegmentedControl } from '@mantine/core';
import type { Call } from '@signalbox/contract/channels/calls.ts';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordingUrl } from '../../api/items/calls.ts';
import styles from './recording-player.module.css';

const speeds = ['1', '1.5', '2'] as const;

/** The recording of a call, to be heard from any moment on, and faster. */
export function RecordingPlayer({ call }: { call: Call }) {
  const { t } = useTranslation('phone');
  const player = useRef<HTMLAudioElement>(null);
  const [speed, setSpeed] = useState<string>('1');
  const { recording } = call;
  if (recording === null) return null;
  if (recording.state === 'waiting') return <p className={styles.small}>{t('recording.waiting')}</p>;
  if (recording.state === 'failed')
    return <p className={styles.small}>{t('recording.failed', { why: recording.error ?? '' })}</p>;
  const hasten = (next: string) => {
    setSpeed(next);
    if (player.current) player.current.playbackRate = Number(next);
  };
  return (
    <div className={styles.player}>
      {/* biome-ignore lint/a11y/useMediaCaption: what was said on the telephone has no captions */}
      <audio
        ref={player}
        controls
        preload="none"
        src={recordingUrl(call.id)}
        aria-label={t('recording.name', { number: call.number ?? t('withheld') })}
        onPlay={() => hasten(speed)}
      />
      <SegmentedControl
        size="xs"
        value={speed}
        onChange={hasten}
        aria-label={t('recording.speed')}
        data={speeds.map((value) => ({ value, label: `${value}×` }))}
      />
    </div>
  );
}
