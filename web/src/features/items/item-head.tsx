import { ActionIcon, Badge, Menu, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { Item } from '@signalbox/contract/items.ts';
import { EllipsisVertical, Link2, Trash2, Users, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMayFill } from '../../api/items/fields.ts';
import { useTypeNames } from '../../api/items/item-types.ts';
import { useSaveItem } from '../../api/items/items.ts';
import { useMay } from '../../api/workspace/may.ts';
import { AccessDialog } from '../../controls/access/access-dialog.tsx';
import { sayDone } from '../../ui/notify.ts';
import { ownEscape } from '../../ui/panels/side-panel.tsx';
import { fieldProblem, problemText } from '../../ui/text/problem-text.ts';
import { ConvertButton } from './conversion/convert-button.tsx';
import { MadeOf } from './conversion/made-of.tsx';
import styles from './items.module.css';
import { useDeleteItem } from './use-delete-item.tsx';

export function ItemHead({ item, close }: { item: Item; close: () => void }) {
  const { t } = useTranslation();
  const names = useTypeNames();
  const clipboard = useClipboard();
  const remove = useDeleteItem();
  const may = useMay();
  const mayChange = may.item(item, 'change');
  const [explained, setExplained] = useState(false);

  const copyLink = () => {
    clipboard.copy(`${location.origin}/items/${item.id}`);
    sayDone(t('common.copied'));
  };
  const deleteAndClose = () => {
    close();
    remove(item);
  };

  return (
    <div className={styles.head}>
      <span className={styles.kind}>
        {names.one(item.type)} #{item.id}
      </span>
      {item.parent !== null && <MadeOf parent={item.parent} />}
      {mayChange ? <Title item={item} /> : <FixedTitle item={item} />}
      {item.type === 'lead' && mayChange && may.addItem({ type: 'deal' }) && <ConvertButton item={item} />}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('common.more')}>
            <EllipsisVertical size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Link2 size={15} />} onClick={copyLink}>
            {t('item.copyLink')}
          </Menu.Item>
          <Menu.Item leftSection={<Users size={15} />} onClick={() => setExplained(true)}>
            {t('item.access')}
          </Menu.Item>
          {may.item(item, 'delete') && (
            <Menu.Item leftSection={<Trash2 size={15} />} onClick={deleteAndClose}>
              {t('common.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ActionIcon aria-label={t('common.close')} onClick={close}>
        <X size={18} />
      </ActionIcon>
      {explained && <AccessDialog noun="items" id={item.id} name={item.title} close={() => setExplained(false)} />}
    </div>
  );
}

function FixedTitle({ item }: { item: Item }) {
  const { t } = useTranslation();
  return (
    <>
      <h1 className={styles.title} tabIndex={-1} data-autofocus>
        <span className={styles.fixedTitle}>{item.title}</span>
      </h1>
      <Badge variant="default" size="md" tt="none" fw={500} title={t('problem.codes.no-item-change')}>
        {t('item.readOnly')}
      </Badge>
    </>
  );
}

function Title({ item }: { item: Item }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const { mutate: save, error, isPending, reset } = useSaveItem(item.id);
  const mayFill = useMayFill(item.type);

  const stop = () => {
    setDraft(null);
    reset();
  };
  const commit = () => {
    if (draft === null || draft.trim() === item.title) return stop();
    save({ title: draft }, { onSuccess: stop });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape') stop();
  };

  if (draft === null) {
    return (
      <h1 className={styles.title} tabIndex={-1} data-autofocus>
        {mayFill('title') ? (
          <button type="button" title={t('item.rename')} onClick={() => setDraft(item.title)}>
            {item.title}
          </button>
        ) : (
          item.title
        )}
      </h1>
    );
  }
  return (
    <TextInput
      {...ownEscape}
      aria-busy={isPending}
      className={styles.titleInput}
      size="md"
      aria-label={t('board.title')}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
      disabled={isPending}
      error={error && (fieldProblem(error, 'title', t) ?? problemText(error, t))}
      autoFocus
    />
  );
}
