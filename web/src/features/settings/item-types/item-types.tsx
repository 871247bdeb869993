import { ActionIcon, Button, Group, Menu, Table, VisuallyHidden } from '@mantine/core';
import type { ItemTypeEntry } from '@signalbox/contract/item-types.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { EllipsisVertical, Layers, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../../api/automation/pipelines.ts';
import { itemTypesQuery } from '../../../api/items/item-types.ts';
import { useMe } from '../../../api/workspace/me.ts';
import { TypeDialog } from '../../../controls/item-types/type-dialog.tsx';
import { TypeIcon } from '../../../controls/item-types/type-icon.tsx';
import { TextLink } from '../../../ui/button-link.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from '../settings.module.css';
import { DeleteItemType } from './item-types-delete.tsx';

/** The types of items that people have made. */
export function ItemTypes() {
  const { t } = useTranslation(['itemTypes', 'translation']);
  const navigate = useNavigate();
  const mayChange = useMe().rights.areas.settings;
  const { data: types, error } = useQuery(itemTypesQuery);
  const [making, setMaking] = useState(false);
  const own = types?.filter(({ standard }) => !standard);
  const isEmpty = own?.length === 0;
  const make = mayChange && (
    <Button size="xs" leftSection={<Plus size={15} />} onClick={() => setMaking(true)}>
      {isEmpty ? t('make') : t('common.create', { ns: 'translation' })}
    </Button>
  );

  return (
    <Panel title={t('own')} actions={isEmpty ? undefined : make}>
      <ErrorNote error={error} />
      {!own && !error && <Loading />}
      {isEmpty && (
        <EmptyState
          icon={Layers}
          title={t('emptyTitle')}
          text={mayChange ? t('emptyText') : `${t('emptyText')} ${t('adminOnly')}`}
          action={make}
        />
      )}
      {own && !isEmpty && (
        <>
          <p className={styles.muted}>{mayChange ? t('intro') : `${t('intro')} ${t('adminOnly')}`}</p>
          <TypeTable types={own} mayChange={mayChange} />
        </>
      )}
      {making && (
        <TypeDialog
          process={null}
          close={() => setMaking(false)}
          onSaved={({ code }) => void navigate({ to: '/board/$type', params: { type: code } })}
        />
      )}
    </Panel>
  );
}

function TypeTable({ types, mayChange }: { types: readonly ItemTypeEntry[]; mayChange: boolean }) {
  const { t } = useTranslation(['itemTypes', 'translation']);
  const { data: pipelines = [] } = usePipelines();
  return (
    <Table.ScrollContainer minWidth={260}>
      <Table fz="sm" verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('common.name', { ns: 'translation' })}</Table.Th>
            <Table.Th visibleFrom="sm">{t('pipelines')}</Table.Th>
            <Table.Th visibleFrom="xs">{t('codeHead')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('common.more', { ns: 'translation' })}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {types.map((type) => (
            <Table.Tr key={type.code}>
              <Table.Td>
                <Group gap={8} wrap="nowrap">
                  <TypeIcon icon={type.icon} />
                  <TextLink size="sm" to="/board/$type" params={{ type: type.code }}>
                    {type.plural}
                  </TextLink>
                </Group>
              </Table.Td>
              <Table.Td visibleFrom="sm">
                {pipelines
                  .filter((one) => one.type === type.code)
                  .map(({ name }) => name)
                  .join(', ')}
              </Table.Td>
              <Table.Td visibleFrom="xs">
                <code>{type.code}</code>
              </Table.Td>
              <Table.Td ta="right">{mayChange && <TypeMenu type={type} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function TypeMenu({ type }: { type: ItemTypeEntry }) {
  const { t } = useTranslation(['itemTypes', 'translation']);
  const [doing, setDoing] = useState<'change' | 'delete' | null>(null);
  const stop = () => setDoing(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`${t('common.more', { ns: 'translation' })}: ${type.name}`}>
            <EllipsisVertical size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={15} />} onClick={() => setDoing('change')}>
            {t('rename')}
          </Menu.Item>
          <Menu.Item leftSection={<Trash2 size={15} />} onClick={() => setDoing('delete')}>
            {t('common.delete', { ns: 'translation' })}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {doing === 'change' && <TypeDialog process={type} close={stop} />}
      {doing === 'delete' && <DeleteItemType type={type} close={stop} />}
    </>
  );
}
