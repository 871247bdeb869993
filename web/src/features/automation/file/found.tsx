import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Draft, Edit } from '../model/draft.ts';
import { fileOf } from '../model/file.ts';
import type { FileStage } from '../model/file-shape.ts';
import { differencesTo } from '../model/merge.ts';
import { inWords } from '../settings/errors-by-field.ts';
import { ChangeList } from '../tabs/change-list.tsx';
import styles from './file.module.css';
import type { ReadFile } from './read-file.ts';

interface FoundProps {
  readonly found: ReadFile;
  /** Null: nothing can be made of it. */
  readonly edit: Extract<Edit, { readonly do: 'replace' }> | null;
  readonly draft: Draft;
}

/** What is wrong with the file and what it would change on the board as it is drawn now. */
export function Found({ found: { errors, warnings }, edit, draft }: FoundProps) {
  const { t } = useTranslation('automation');
  const differences = edit === null ? [] : differencesTo(fileOf(draft.file, draft.cards), edit.cards);
  return (
    <div className={styles.found} role="status">
      <Findings color="red" title={t('check.errors', { count: errors.length })} findings={errors} />
      {errors.length > 0 && <Text size="sm">{t(edit === null ? 'file.mendFirst' : 'file.yellow')}</Text>}
      <Findings color="yellow" title={t('check.warnings', { count: warnings.length })} findings={warnings} />
      {edit !== null && (
        <section aria-label={t('file.changes')}>
          <h3 className={styles.heading}>{t('file.changes')}</h3>
          {edit.stages !== null && <StageChanges before={draft.file.stages} after={edit.stages} />}
          <ChangeList words="file.cards" differences={differences} stages={edit.stages ?? draft.file.stages} />
          {differences.length === 0 && edit.stages === null && <Text size="sm">{t('versions.same')}</Text>}
        </section>
      )}
    </div>
  );
}

function Findings({ color, title, findings }: { color: string; title: string; findings: ReadFile['errors'] }) {
  const { t } = useTranslation('automation');
  if (findings.length === 0) return null;
  return (
    <Alert color={color} p="xs">
      <Text size="sm" fw={600} mb={4}>
        {title}
      </Text>
      <ul className={styles.list}>
        {findings.map((finding) => (
          <li key={`${finding.path}:${finding.line}:${finding.column}:${finding.code}:${finding.message}`}>
            {finding.line !== undefined && (
              <b>{t('file.place', { line: finding.line, column: finding.column ?? 1 })} </b>
            )}
            {finding.path !== '' && <code>{finding.path}</code>} {inWords(finding, t)}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function StageChanges({ before, after }: { before: readonly FileStage[]; after: readonly FileStage[] }) {
  const { t } = useTranslation('automation');
  const gone = before.filter(({ code }) => !after.some((stage) => stage.code === code));
  const made = after.filter(({ code }) => !before.some((stage) => stage.code === code));
  const lines = [
    ...made.map(({ name }) => t('file.stageAdded', { name })),
    ...gone.map(({ name }) => t('file.stageRemoved', { name })),
  ];
  return (
    <ul className={styles.list}>
      {lines.length === 0 && <li>{t('file.stagesChanged')}</li>}
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
