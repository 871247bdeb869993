import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type BoardAddress,
  type BoardVersion,
  useRestore,
  versionQuery,
  versionsQuery,
} from '../../../api/automation/automation.ts';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { PersonFace } from '../../../ui/person-face.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { RelativeTime } from '../../../ui/text/relative-time.tsx';
import { useScreen } from '../editing/screen.tsx';
import { cardsOf } from '../model/file.ts';
import type { BoardFile } from '../model/file-shape.ts';
import { differences } from '../model/merge.ts';
import { ChangeList } from './change-list.tsx';
import styles from './tabs.module.css';

interface VersionsTabProps {
  readonly address: BoardAddress;
  readonly file: BoardFile;
  readonly version: number;
}

/** Who saved what, when; each can be compared with the board as it is and brought back. */
export function VersionsTab({ address, file, version }: VersionsTabProps) {
  const { t } = useTranslation('automation');
  const versions = useQuery(versionsQuery(address));
  const [open, setOpen] = useState<number | null>(null);
  if (versions.isPending) return <Loading />;
  if (versions.data === undefined || versions.data.length === 0)
    return <EmptyState icon={History} title={t('versions.none')} text={t('versions.noneText')} />;
  return (
    <Stack gap="xs" className={styles.page}>
      {versions.data.map((one) => (
        <div key={one.version} className={styles.line}>
          <Head
            one={one}
            now={one.version === version}
            open={open === one.version}
            onOpen={() => setOpen(open === one.version ? null : one.version)}
          />
          {open === one.version && <Compared address={address} version={one.version} file={file} />}
        </div>
      ))}
    </Stack>
  );
}

function Head({ one, now, open, onOpen }: { one: BoardVersion; now: boolean; open: boolean; onOpen: () => void }) {
  const { t } = useTranslation('automation');
  return (
    <Group gap="sm">
      <Text fw={600}>{t('versions.number', { number: one.version })}</Text>
      {one.author && <PersonFace person={one.author} size={22} />}
      <Text size="sm">{one.author?.name ?? t('versions.system')}</Text>
      <Text size="sm" c="dimmed" flex={1}>
        <RelativeTime at={one.savedAt} />
      </Text>
      {now ? (
        <Text size="sm" c="dimmed">
          {t('versions.current')}
        </Text>
      ) : (
        <Button size="compact-sm" variant="default" onClick={onOpen} aria-expanded={open}>
          {t('versions.compare')}
        </Button>
      )}
    </Group>
  );
}

function Compared({ address, version, file }: { address: BoardAddress; version: number; file: BoardFile }) {
  const { t } = useTranslation('automation');
  const { stages } = useFormFacts();
  const other = useQuery(versionQuery(address, version));
  const restore = useRestore(address);
  const { readOnly } = useScreen();
  if (other.data === undefined) return <Loading lines={2} />;
  const found = differences({ base: file, mine: cardsOf(file), theirs: other.data });
  return (
    <div className={styles.compared}>
      {found.length === 0 && <Text size="sm">{t('versions.same')}</Text>}
      <ChangeList words="versions.changes" differences={found} stages={stages} />
      {!readOnly && (
        <Button size="compact-sm" loading={restore.isPending} onClick={() => restore.mutate(version)}>
          {t('versions.restore')}
        </Button>
      )}
      <ErrorNote error={restore.error} />
    </div>
  );
}
