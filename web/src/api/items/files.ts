import { type FileInfo, fileInfo, files, MAX_FILE_BYTES } from '@signalbox/contract/files.ts';
import { queryOptions } from '@tanstack/react-query';
import { Offline, Refusal } from '../transport/errors.ts';
import { read } from '../transport/request.ts';

/** The content of a file; plain pictures are shown there, all else is saved. */
export const fileUrl = (id: number) => `/api/v1/files/${id}`;

/** Null when it has been deleted. */
export const fileQuery = (id: number) =>
  queryOptions({ queryKey: ['file', id], queryFn: () => findSoon(id), staleTime: Number.POSITIVE_INFINITY });

let waiting: Map<number, Promise<FileInfo | null>> | undefined;
let batch: Promise<ReadonlyMap<number, FileInfo>>;

// A list asks for many at once: those of one moment go in one request.
function findSoon(id: number): Promise<FileInfo | null> {
  if (waiting === undefined) {
    const asked = new Map<number, Promise<FileInfo | null>>();
    waiting = asked;
    batch = new Promise((resolve) => setTimeout(resolve)).then(() => {
      waiting = undefined;
      return findAll([...asked.keys()]);
    });
  }
  const found = batch.then((known) => known.get(id) ?? null);
  waiting.set(id, found);
  return found;
}

async function findAll(ids: readonly number[]): Promise<ReadonlyMap<number, FileInfo>> {
  const known = new Map<number, FileInfo>();
  for (let from = 0; from < ids.length; from += 200) {
    const some = ids.slice(from, from + 200);
    const { data } = await read('/api/v1/files', { answer: files, query: { ids: some.join(','), limit: 200 } });
    for (const file of data) known.set(file.id, file);
  }
  return known;
}

interface Uploading {
  /** From 0 to 1. */
  readonly onProgress?: (part: number) => void;
  readonly signal?: AbortSignal;
}

/** Sends the bytes as they are; fetch would not say how far it is. */
export function uploadFile(file: File, { onProgress, signal }: Uploading = {}): Promise<FileInfo> {
  if (file.size > MAX_FILE_BYTES) return Promise.reject(new Refusal(413, { code: 'too_large' }));
  const request = new XMLHttpRequest();
  const query = new URLSearchParams({ name: file.name, ...(file.type === '' ? {} : { type: file.type }) });
  request.open('POST', `/api/v1/files?${query}`);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.setRequestHeader('Idempotency-Key', crypto.randomUUID());
  request.upload.onprogress = ({ loaded, total }) => onProgress?.(total === 0 ? 0 : loaded / total);
  signal?.addEventListener('abort', () => request.abort());
  return new Promise((resolve, reject) => {
    request.onload = () => {
      const body: unknown = parsed(request.responseText);
      if (request.status === 201) resolve(fileInfo.parse(body));
      else reject(new Refusal(request.status, body));
    };
    request.onerror = () => reject(new Offline());
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
