import { ActionIcon, Button, Checkbox, CloseButton, Menu, Popover, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { Bookmark, Columns3, Download, Filter, Kanban, Search, Upload, Workflow } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { itemsCsvAddress, type ListQuery } from '../../api/items/item-list.ts';
import { downloadConfirmed } from '../../api/transport/download.ts';
import { useMay } from '../../api/workspace/may.ts';
import { ConditionBuilder } from '../../controls/condition/condition-builder.tsx';
import type { StageOption } from '../../controls/form-facts.tsx';
import { PipelineChooser } from '../../controls/pipelines/pipeline-chooser.tsx';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Dialog } from '../../ui/panels/dialog.tsx';
import styles from './list.module.css';
import type { ListColumn } from './list-columns.tsx';
import { ListFacts } from './list-facts.tsx';
import type { ListView } from './use-list-view.ts';

interface ListHeadProps {
  readonly view: ListView;
  readonly columns: readonly ListColumn[];
  readonly query: ListQuery;
  readonly stages: readonly StageOption[];
}

export function ListHead({ view, columns, query, stages }: ListHeadProps) {
  const { t } = useTranslation('lists');
  const { type, pipeline, search } = view;
  const navigate = useNavigate();
  const [filtering, setFiltering] = useState(false);
  const may = useMay();
  return (
    <div className={styles.head}>
      <ButtonLink
        to="/board/$type/$pipeline"
        params={{ type, pipeline }}
        variant="default"
        className={styles.brief}
        leftSection={<Kanban size={16} />}
      >
        {t('toggle.board')}
      </ButtonLink>
      <PipelineChooser
        type={type}
        pipeline={Number(pipeline)}
        open={({ id }) => void navigate({ to: '/list/$type/$pipeline', params: { type, pipeline: String(id) } })}
      />
      <Button
        variant={search.filter ? 'light' : 'default'}
        className={styles.brief}
        leftSection={<Filter size={15} />}
        onClick={() => setFiltering(true)}
      >
        {search.filter ? t('list.filterOn') : t('list.filter')}
      </Button>
      <ColumnsMenu view={view} columns={columns} />
      <ViewsMenu view={view} />
      <ListSearch key={pipeline} view={view} />
      <ButtonLink
        to="/automation/$type/$pipeline"
        params={{ type, pipeline }}
        variant="default"
        className={styles.brief}
        leftSection={<Workflow size={16} />}
      >
        {t('shell.automation', { ns: 'translation' })}
      </ButtonLink>
      {may.importInto(type) && (
        <ButtonLink
          to="/import/$target"
          params={{ target: type }}
          search={{ pipeline: Number(pipeline) }}
          variant="default"
          className={styles.brief}
          leftSection={<Upload size={15} />}
        >
          {t('list.import')}
        </ButtonLink>
      )}
      {may.exportItems(type) && (
        <Button
          component="a"
          href={itemsCsvAddress(query)}
          onClick={downloadConfirmed}
          download
          variant="default"
          className={styles.brief}
          leftSection={<Download size={15} />}
        >
          {t('list.export')}
        </Button>
      )}
      {filtering && <FilterDialog view={view} stages={stages} close={() => setFiltering(false)} />}
    </div>
  );
}

function FilterDialog({ view, stages, close }: { view: ListView; stages: readonly StageOption[]; close: () => void }) {
  const { t } = useTranslation('lists');
  const [when, setWhen] = useState<unknown>(() => (view.search.filter ? JSON.parse(view.search.filter) : undefined));
  const apply = (wanted: unknown) => {
    view.look({ filter: wanted === undefined || wanted === null ? undefined : JSON.stringify(wanted) });
    close();
  };
  return (
    <Dialog title={t('list.filter')} close={close}>
      <Suspense fallback={<Loading lines={3} />}>
        <ListFacts type={view.type} stages={stages}>
          <ConditionBuilder value={when} onChange={setWhen} />
        </ListFacts>
      </Suspense>
      <Button mt="md" mr="xs" onClick={() => apply(when)}>
        {t('list.apply')}
      </Button>
      <Button mt="md" variant="default" onClick={() => apply(undefined)}>
        {t('list.clear')}
      </Button>
    </Dialog>
  );
}

function ColumnsMenu({ view, columns }: Pick<ListHeadProps, 'view' | 'columns'>) {
  const { t } = useTranslation('lists');
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <Button variant="default" className={styles.brief} leftSection={<Columns3 size={15} />}>
          {t('list.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <Checkbox.Group value={view.columns} onChange={view.setColumns}>
          <Stack gap={8}>
            {columns.map(({ code, name }) => (
              <Checkbox key={code} size="xs" value={code} label={name} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  );
}

function ViewsMenu({ view }: { view: ListView }) {
  const { t } = useTranslation('lists');
  const [naming, setNaming] = useState(false);
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" className={styles.brief} leftSection={<Bookmark size={15} />}>
            {t('list.views')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {view.views.map((one) => (
            <Menu.Item key={one.name} onClick={() => view.showView(one)}>
              {one.name}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setNaming(true)}>{t('list.saveView')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {naming && <NameDialog view={view} close={() => setNaming(false)} />}
    </>
  );
}

function NameDialog({ view, close }: { view: ListView; close: () => void }) {
  const { t } = useTranslation('lists');
  const [name, setName] = useState('');
  const save = () => {
    view.saveView(name.trim());
    close();
  };
  return (
    <Dialog title={t('list.saveView')} close={close}>
      <TextInput
        label={t('list.viewName')}
        value={name}
        data-autofocus
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button mt="md" disabled={name.trim() === ''} onClick={save}>
        {t('list.saveView')}
      </Button>
      {view.views.map((one) => (
        <div key={one.name} className={styles.head}>
          {one.name}
          <ActionIcon
            variant="subtle"
            aria-label={t('list.removeView', { name: one.name })}
            onClick={() => view.removeView(one.name)}
          >
            ×
          </ActionIcon>
        </div>
      ))}
    </Dialog>
  );
}

function ListSearch({ view }: { view: ListView }) {
  const { t } = useTranslation('lists');
  const [text, setText] = useState(view.search.q ?? '');
  const look = useDebouncedCallback((wanted: string) => view.look({ q: wanted || undefined }), 200);
  const change = (wanted: string) => {
    setText(wanted);
    look(wanted.trim());
  };
  return (
    <TextInput
      className={styles.search}
      aria-label={t('list.search')}
      placeholder={t('list.search')}
      leftSection={<Search size={15} />}
      rightSection={text && <CloseButton size="sm" aria-label={t('list.clear')} onClick={() => change('')} />}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
