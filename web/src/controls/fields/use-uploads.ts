import { MAX_FILE_BYTES } from '@signalbox/contract/files.ts';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uploadFile } from '../../api/items/files.ts';
import { problemText } from '../../ui/text/problem-text.ts';

interface Upload {
  readonly key: string;
  readonly name: string;
  /** From 0 to 1. */
  readonly part: number;
  readonly problem: string | undefined;
  cancel(): void;
}

/** Uploads one after the other; `done` is told the ids of those that came through, in their order. */
export function useUploads(done: (ids: readonly number[]) => void) {
  const { t } = useTranslation();
  const { t: own } = useTranslation('fields');
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  // The value may have changed while a file was on its way.
  const latest = useRef(done);
  useEffect(() => {
    latest.current = done;
  });
  const change = (key: string, to: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)));
  const drop = (key: string) => setUploads((all) => all.filter((one) => one.key !== key));

  const send = async (file: File, { key, signal }: { key: string; signal: AbortSignal }): Promise<number[]> => {
    try {
      if (signal.aborted) return [];
      const { id } = await uploadFile(file, { signal, onProgress: (part) => change(key, { part }) });
      drop(key);
      return [id];
    } catch (error) {
      if (signal.aborted || !(error instanceof Error)) return [];
      const isLarge = 'status' in error && error.status === 413;
      const limit = Math.round(MAX_FILE_BYTES / 1_048_576);
      change(key, { problem: isLarge ? own('tooLarge', { limit }) : problemText(error, t) });
      return [];
    }
  };
  const start = async (files: readonly File[]) => {
    const begun = files.map((file) => {
      const key = crypto.randomUUID();
      const abort = new AbortController();
      const cancel = () => {
        abort.abort();
        drop(key);
      };
      return { file, signal: abort.signal, upload: { key, name: file.name, part: 0, problem: undefined, cancel } };
    });
    setUploads((all) => [...all, ...begun.map(({ upload }) => upload)]);
    const ids: number[] = [];
    for (const { file, signal, upload } of begun) ids.push(...(await send(file, { key: upload.key, signal })));
    if (ids.length > 0) latest.current(ids);
  };
  return { uploads, start: (files: readonly File[]) => void start(files) };
}
