import { Button, Checkbox, Group, Stack } from '@mantine/core';
import type { Role } from '@signalbox/contract/people/roles.ts';
import type { User } from '@signalbox/contract/people/users.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaveUser } from '../../../api/workspace/users.ts';
import { sayDone } from '../../../ui/notify.ts';
import { Dialog } from '../../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from '../settings.module.css';

interface RolesDialogProps {
  readonly person: User;
  readonly roles: readonly Role[];
  readonly close: () => void;
}

/** All the roles of one person. */
export function RolesDialog({ person, roles, close }: RolesDialogProps) {
  const { t } = useTranslation(['rights', 'translation']);
  const [chosen, setChosen] = useState<readonly string[]>(() => person.roles.map(({ id }) => String(id)));
  const { mutate, error, isPending } = useSaveUser();
  const save = () => {
    const done = () => {
      sayDone(t('translation:common.saved'));
      close();
    };
    mutate({ id: person.id, roles: chosen.map(Number) }, { onSuccess: done });
  };
  return (
    <Dialog close={close} title={t('roles.of', { name: person.name })}>
      <Stack gap="sm">
        <ErrorNote error={error} />
        <p className={styles.muted}>{t('roles.several')}</p>
        <Checkbox.Group
          value={[...chosen]}
          onChange={setChosen}
          error={chosen.length === 0 ? t('roles.least') : undefined}
          aria-label={t('roles.of', { name: person.name })}
        >
          <Stack gap="xs" pb="xs">
            {roles.map(({ id, name, giveable }) => (
              <Checkbox
                key={id}
                value={String(id)}
                label={name}
                disabled={!giveable}
                description={giveable ? undefined : t('roles.more')}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('translation:common.cancel')}
          </Button>
          <Button loading={isPending} disabled={chosen.length === 0} onClick={save}>
            {t('translation:common.save')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
