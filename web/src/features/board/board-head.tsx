import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { Rows3, Search, Workflow } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TypeSwitch } from '../../controls/item-types/type-switch.tsx';
import { PipelineChooser } from '../../controls/pipelines/pipeline-chooser.tsx';
import { ButtonLink } from '../../ui/button-link.tsx';
import styles from './board.module.css';

interface BoardHeadProps {
  type: string;
  pipeline: number;
  q: string;
}

export function BoardHead({ type, pipeline, q }: BoardHeadProps) {
  const { t } = useTranslation(['translation', 'lists']);
  const navigate = useNavigate();

  return (
    <div className={styles.head}>
      <div className={styles.typeTabs}>
        <TypeSwitch type={type} to="/board/$type/$pipeline" />
      </div>
      <div className={styles.tools}>
        <PipelineChooser
          type={type}
          pipeline={pipeline}
          open={({ id }) => void navigate({ to: '/board/$type/$pipeline', params: { type, pipeline: String(id) } })}
        />
        <BoardSearch key={pipeline} q={q} />
        <ButtonLink
          aria-label={t('toggle.list', { ns: 'lists' })}
          to="/list/$type/$pipeline"
          params={{ type, pipeline: String(pipeline) }}
          variant="default"
          leftSection={<Rows3 size={16} />}
        >
          <span className={styles.wide}>{t('toggle.list', { ns: 'lists' })}</span>
        </ButtonLink>
        <ButtonLink
          className={styles.automation}
          aria-label={t('shell.automation')}
          to="/automation/$type/$pipeline"
          params={{ type, pipeline: String(pipeline) }}
          variant="default"
          leftSection={<Workflow size={16} />}
        >
          <span className={styles.wide}>{t('shell.automation')}</span>
        </ButtonLink>
      </div>
    </div>
  );
}

function BoardSearch({ q }: { q: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/board/$type/$pipeline' });
  const [text, setText] = useState(q);
  const search = useDebouncedCallback(
    (wanted: string) => void navigate({ search: (before) => ({ ...before, q: wanted || undefined }), replace: true }),
    200,
  );
  const change = (wanted: string) => {
    setText(wanted);
    search(wanted.trim());
  };
  return (
    <TextInput
      className={styles.search}
      aria-label={t('board.search')}
      placeholder={t('board.search')}
      leftSection={<Search size={15} />}
      rightSection={text && <CloseButton size="sm" aria-label={t('board.clear')} onClick={() => change('')} />}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
