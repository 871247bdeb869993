import { useEffect } from 'react';

const LOCK = 'signalbox-ring';
const EVERY_MS = 3_000;

/** Rings while there is somebody to answer: in one tab of all, whichever has the lock, and the next if that one is closed. */
export function useRingTone(rings: boolean): void {
  useEffect(() => {
    if (!rings) return;
    const ended = new AbortController();
    const ring = () => ringUntil(ended.signal);
    // Without https a browser has no locks: better every tab rings than none.
    if (navigator.locks === undefined) void ring();
    else void navigator.locks.request(LOCK, { signal: ended.signal }, ring).catch(() => undefined);
    return () => ended.abort();
  }, [rings]);
}

function ringUntil(signal: AbortSignal): Promise<void> {
  const audio = new AudioContext();
  const ring = () => beep(audio);
  ring();
  const timer = setInterval(ring, EVERY_MS);
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      clearInterval(timer);
      void audio.close();
      resolve();
    });
  });
}

// Two short tones; a browser that has not been touched yet stays silent, and the card is seen all the same.
function beep(audio: AudioContext): void {
  for (const [at, pitch] of [
    [0, 660],
    [0.35, 660],
  ] as const) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.value = 0.06;
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.22);
  }
}
