import { Alert, Button, Checkbox, Group, TextInput } from '@mantine/core';
import type { Role } from '@signalbox/contract/people/roles.ts';
import { useNavigate } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/workspace/me.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { fieldProblem, hasFieldProblems } from '../../../ui/text/problem-text.ts';
import { Areas } from './areas.tsx';
import { FieldLimits } from './field-limits.tsx';
import { NEW, type RoleDraft } from './kept-role.ts';
import { Matrix } from './matrix.tsx';
import styles from './roles.module.css';
import { useRoleDraft } from './use-role-draft.ts';
import { useSubmitRole } from './use-submit-role.ts';
import { WhoHasIt } from './who-has-it.tsx';

interface RoleFormProps {
  /** Null: it is being made. */
  readonly existing: Role | null;
  readonly saved: RoleDraft;
}

export function RoleForm({ existing, saved }: RoleFormProps) {
  const { t } = useTranslation('rights');
  const { t: common } = useTranslation();
  const { administrator } = useMe().rights;
  const navigate = useNavigate();
  const { shown, dirty, takenUp, change, clear } = useRoleDraft(existing === null ? NEW : String(existing.id), saved);
  const { submit, error, isPending, reset } = useSubmitRole(existing, saved);
  const fixed = existing?.administrator === true;
  const readOnly = fixed || !administrator;
  const isNew = existing === null;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit(shown, (made) => {
      clear();
      if (isNew) void navigate({ to: '/settings/roles/$role', params: { role: String(made.id) }, replace: true });
    });
  };
  const discard = () => {
    clear();
    reset();
    if (isNew) void navigate({ to: '/settings/$section', params: { section: 'roles' } });
  };
  const parts = {
    rights: shown.rights,
    readOnly,
    error,
    onChange: (rights: RoleDraft['rights']) => change({ ...shown, rights }),
  };
  return (
    <form onSubmit={onSubmit} noValidate className={styles.form}>
      {fixed && (
        <Alert icon={<Lock size={16} />} py="xs">
          {t('roles.fixed')}
        </Alert>
      )}
      {!fixed && readOnly && <p className={styles.note}>{t('roles.onlyAdmins')}</p>}
      <Panel title={isNew ? t('roles.new') : shown.name || saved.name}>
        <TextInput
          label={t('roles.name')}
          value={shown.name}
          maxLength={200}
          readOnly={readOnly}
          onChange={(event) => change({ ...shown, name: event.currentTarget.value })}
          error={fieldProblem(error, 'name', common)}
          maw={360}
          required
        />
        <Checkbox
          mt="sm"
          label={t('roles.secondFactor')}
          description={t('roles.secondFactorHint')}
          checked={shown.secondFactor}
          disabled={!administrator}
          onChange={(event) => change({ ...shown, secondFactor: event.currentTarget.checked })}
        />
        {existing && <WhoHasIt role={existing} />}
      </Panel>
      <Matrix {...parts} />
      <Areas {...parts} />
      <FieldLimits {...parts} />
      {administrator && (dirty || isNew) && (
        <section className={styles.saveBar} aria-label={t('roles.unsaved')}>
          <div className={styles.saveText} role="status">
            {error === null ? (
              t(takenUp ? 'roles.takenUp' : 'roles.unsaved')
            ) : (
              <ErrorNote error={hasFieldProblems(error) ? null : error} />
            )}
          </div>
          <Group gap="xs" wrap="nowrap">
            <Button variant="default" onClick={discard}>
              {t('roles.discard')}
            </Button>
            <Button type="submit" loading={isPending} disabled={shown.name.trim() === ''}>
              {common('common.save')}
            </Button>
          </Group>
        </section>
      )}
    </form>
  );
}
