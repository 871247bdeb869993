import type { BoardFile } from '../model/file-shape.ts';

export type FileForm = 'yaml' | 'json';

const kinds = { yaml: 'text/yaml', json: 'application/json' } as const;

/** Hands the file over as a download. */
export async function offerFile(file: BoardFile, form: FileForm): Promise<void> {
  const url = URL.createObjectURL(new Blob([await printed(file, form)], { type: kinds[form] }));
  const link = Object.assign(document.createElement('a'), {
    href: url,
    download: `${file.type}-${file.pipeline}.${form}`,
  });
  link.click();
  URL.revokeObjectURL(url);
}

/** As the command line prints it. */
export async function printed(file: BoardFile, form: FileForm): Promise<string> {
  if (form === 'json') return JSON.stringify(file, null, 2);
  const { stringify } = await import('yaml');
  return stringify(file, { lineWidth: 120 });
}
