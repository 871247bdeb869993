import type { ImportSettingsBody } from '@signalbox/contract/imports.ts';

/** What a part of the wizard is given: the settings so far, and how it changes them. */
export interface SettingsProps {
  readonly settings: ImportSettingsBody;
  readonly set: (change: Partial<ImportSettingsBody>) => void;
}

/** The settings' columns with one of them changed. */
export function withColumn(
  { columns }: ImportSettingsBody,
  column: number,
  change: Partial<ImportSettingsBody['columns'][number]>,
): ImportSettingsBody['columns'] {
  return columns.map((one) => (one.column === column ? { ...one, ...change } : one));
}
