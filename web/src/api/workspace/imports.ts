import { type ImportSettingsBody, importJob, importPreview } from '@signalbox/contract/imports.ts';
import { queryOptions } from '@tanstack/react-query';
import { Refusal } from '../transport/errors.ts';
import { read, writeAndRead } from '../transport/request.ts';

const EVERY_MS = 700;

/** An import and how far it is; asked again while it runs. */
export const importQuery = (id: number) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }) => read(`/api/v1/imports/${id}`, { answer: importJob, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? EVERY_MS : false),
  });

/** The file goes as it is: the server finds out its encoding. */
export async function uploadImport(file: File, query: { target: string; pipeline?: string | undefined }) {
  const search = new URLSearchParams({ target: query.target, name: file.name.slice(0, 200) });
  if (query.pipeline !== undefined) search.set('pipeline', query.pipeline);
  const response = await fetch(`/api/v1/imports?${search}`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/csv', Accept: 'application/json' },
    body: await file.arrayBuffer(),
    credentials: 'same-origin',
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new Refusal(response.status, body);
  return importJob.parse(body);
}

export const previewImport = (id: number, body: ImportSettingsBody) =>
  writeAndRead('POST', `/api/v1/imports/${id}/preview`, { answer: importPreview, body });

export const startImport = (id: number, body: ImportSettingsBody) =>
  writeAndRead('POST', `/api/v1/imports/${id}/start`, { answer: importJob, body });

export const cancelImport = (id: number) => writeAndRead('POST', `/api/v1/imports/${id}/cancel`, { answer: importJob });

export const noted = (id: number) => `/api/v1/imports/${id}/rows.csv`;
