import { Badge, Stack } from '@mantine/core';
import type { Access } from '@signalbox/contract/people/roles.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Accessed, accessQuery } from '../../api/workspace/access.ts';
import { Loading } from '../../ui/loading.tsx';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { PersonFace } from '../../ui/person-face.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import styles from './access.module.css';

interface AccessDialogProps {
  readonly noun: Accessed;
  readonly id: number;
  readonly name: string;
  readonly close: () => void;
}

/** Who can see an item or a client, why, and what else they may do with it. */
export function AccessDialog({ noun, id, name, close }: AccessDialogProps) {
  const { t } = useTranslation('rights');
  const { data, error, refetch } = useQuery(accessQuery(noun, id));
  return (
    <Dialog close={close} title={t('access.title', { name })} size="lg">
      <Stack gap="sm">
        <ErrorNote error={error} retry={() => void refetch()} />
        {!data && !error && <Loading lines={4} />}
        {data && (
          <>
            <p className={styles.note}>{t('access.people', { count: data.data.length })}</p>
            <ul className={styles.people}>
              {data.data.map((one) => (
                <Reader key={one.person.id} reader={one} />
              ))}
            </ul>
            <p className={styles.note}>{t('access.automation')}</p>
          </>
        )}
      </Stack>
    </Dialog>
  );
}

function Reader({ reader }: { readonly reader: Access['data'][number] }) {
  const { t } = useTranslation('rights');
  const { person, roles, because } = reader;
  const may = (['change', 'delete'] as const).filter((verb) => reader[verb]);
  const shown = may.length === 0 ? (['none'] as const) : may;
  return (
    <li className={styles.reader}>
      <PersonFace person={person} size={26} />
      <span className={styles.who}>
        <strong>{person.name}</strong>{' '}
        <span className={styles.why}>
          {t(`access.because.${because}`, { role: roles.map(({ name }) => name).join(', ') })}
        </span>
      </span>
      <span className={styles.may}>
        {shown.map((what) => (
          <Badge key={what} variant={what === 'none' ? 'outline' : 'default'} color="gray" size="sm" tt="none" fw={500}>
            {t(`access.may.${what}`)}
          </Badge>
        ))}
      </span>
    </li>
  );
}
