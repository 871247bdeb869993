import { ActionIcon, SegmentedControl, Slider } from '@mantine/core';
import type { Call } from '@signalbox/contract/channels/calls.ts';
import { Download, Pause, Play } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordingUrl } from '../../api/items/calls.ts';
import { clockOf } from '../phone/call-kind.ts';
import { ReasonText, useReasonWords } from '../words/reason-words.tsx';
import styles from './recording-player.module.css';

const speeds = ['1', '1.5', '2'] as const;

/** The recording of a call, to be heard from any moment on, and faster. */
export function RecordingPlayer({ call }: { call: Call }) {
  const { t } = useTranslation('phone');
  const wordsOf = useReasonWords();
  const { recording } = call;
  if (recording === null) return null;
  if (recording.state === 'kept') return <Player call={call} />;
  const words = wordsOf(recording);
  const isFailed = recording.state === 'failed';
  return (
    <p className={styles.small}>
      {t(isFailed ? 'recording.failed' : 'recording.waiting')}{' '}
      {words && <ReasonText words={isFailed ? words : { ...words, todo: '' }} />}
    </p>
  );
}

function Player({ call: { id, number, talkSeconds } }: { call: Call }) {
  const { t } = useTranslation('phone');
  const { audio, sound, play, seek, hasten } = useSound(talkSeconds ?? 0);
  const { at, whole, isPlaying, speed, isBroken } = sound;
  const name = t('recording.name', { number: number ?? t('withheld') });
  const url = recordingUrl(id);
  return (
    <fieldset className={styles.player} aria-label={name}>
      <audio preload="none" src={url} {...audio} />
      <ActionIcon
        size={28}
        variant="default"
        aria-label={t(isPlaying ? 'recording.pause' : 'recording.play')}
        onClick={play}
      >
        {isPlaying ? <Pause size={15} /> : <Play size={15} />}
      </ActionIcon>
      <Slider
        className={styles.slider}
        size="sm"
        min={0}
        max={Math.max(Math.ceil(whole), 1)}
        step={1}
        value={at}
        onChange={seek}
        label={clockOf}
        thumbLabel={t('recording.place')}
        thumbProps={{ 'aria-valuetext': clockOf(at) }}
      />
      <span className={styles.time}>
        {clockOf(at)} / {clockOf(whole)}
      </span>
      <SegmentedControl
        size="xs"
        value={speed}
        onChange={hasten}
        aria-label={t('recording.speed')}
        data={speeds.map((value) => ({ value, label: `${value}×` }))}
      />
      <ActionIcon size={28} component="a" href={url} download aria-label={t('recording.download')}>
        <Download size={15} />
      </ActionIcon>
      {isBroken && (
        <p className={styles.small} role="alert">
          {t('recording.broken')}
        </p>
      )}
    </fieldset>
  );
}

/** `expected`: how long it is before it has been fetched, in seconds. */
function useSound(expected: number) {
  const element = useRef<HTMLAudioElement>(null);
  const [at, setAt] = useState(0);
  const [whole, setWhole] = useState(expected);
  const [isPlaying, setPlaying] = useState(false);
  const [isBroken, setBroken] = useState(false);
  const [speed, setSpeed] = useState<string>('1');
  const play = () => {
    const { current } = element;
    if (current === null) return;
    // What could not be read may be read now: an element that has failed plays nothing until it begins anew.
    if (isBroken) {
      setBroken(false);
      current.load();
      current.currentTime = at;
    }
    // What cannot be played says so by `onError`; another press of the button while it is fetched ends the first.
    if (current.paused) void current.play().catch(() => setPlaying(false));
    else current.pause();
  };
  const seek = (next: number) => {
    setAt(next);
    if (element.current) element.current.currentTime = next;
  };
  const hasten = (next: string) => {
    setSpeed(next);
    if (element.current) element.current.playbackRate = Number(next);
  };
  const audio = {
    ref: element,
    onPlay: () => {
      setPlaying(true);
      hasten(speed);
    },
    onPause: () => setPlaying(false),
    onTimeUpdate: () => setAt(element.current?.currentTime ?? 0),
    onDurationChange: () => {
      const found = element.current?.duration;
      if (found !== undefined && Number.isFinite(found)) setWhole(found);
    },
    onError: () => setBroken(true),
  };
  return { audio, sound: { at, whole, isPlaying, speed, isBroken }, play, seek, hasten };
}
