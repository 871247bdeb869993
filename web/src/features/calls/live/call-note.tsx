import { Textarea } from '@mantine/core';
import type { Call } from '@signalbox/contract/channels/calls.ts';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeCall } from '../../../api/items/calls.ts';
import { sayFailed } from '../../../ui/notify.ts';

const SAVE_AFTER_MS = 800;

/** What is talked about, kept while it is typed; what was typed last is kept when the call ends under one's hands. */
export function CallNote({ call: { id, note } }: { call: Call }) {
  const { t } = useTranslation('phone');
  const { mutate } = useChangeCall();
  const [text, setText] = useState(note);
  const kept = useRef(note);
  const latest = useRef({ text, save: () => {} });
  latest.current = {
    text,
    save: () => {
      if (latest.current.text === kept.current) return;
      kept.current = latest.current.text;
      mutate({ id, note: latest.current.text }, { onError: sayFailed });
    },
  };
  useEffect(() => {
    if (text === kept.current) return;
    const timer = setTimeout(() => latest.current.save(), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => () => latest.current.save(), []);
  return (
    <Textarea
      size="xs"
      autosize
      minRows={1}
      maxRows={6}
      aria-label={t('live.note')}
      placeholder={t('live.note')}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => latest.current.save()}
    />
  );
}
