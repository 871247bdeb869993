import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router';
import { FileX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { taskQuery } from '../../../api/tasks/tasks.ts';
import { isMissing } from '../../../api/transport/errors.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { SidePanel } from '../../../ui/panels/side-panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { TaskCard } from './task-card.tsx';

/** A task over the tasks' page: the address names it. Closed, it leads back to where it was opened. */
export function TaskPanel() {
  const { t } = useTranslation('tasks');
  const { task: named } = useParams({ from: '/signed-in/tasks/$task' });
  const { back } = useSearch({ from: '/signed-in/tasks' });
  const navigate = useNavigate({ from: '/tasks/$task' });
  const { history } = useRouter();
  const id = Number(named);
  const { data: task, error, refetch } = useQuery(taskQuery(id));
  const close = () => {
    if (back === undefined) return void navigate({ to: '/tasks', search: (before) => before });
    history.push(back);
  };
  return (
    <SidePanel label={task?.title ?? t('panel.card')} width="min(1020px, 92vw)" close={close}>
      {isMissing(error) ? (
        <EmptyState icon={FileX} title={t('panel.gone')} text={t('panel.goneText')} />
      ) : (
        <ErrorNote error={error} retry={() => void refetch()} />
      )}
      {task && !isMissing(error) ? <TaskCard key={id} task={task} close={close} /> : !error && <Loading lines={8} />}
    </SidePanel>
  );
}
