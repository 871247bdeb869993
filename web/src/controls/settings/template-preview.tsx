import { Popover, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { TextForm } from '@signalbox/automation/kit/settings/setting.ts';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Preview, type PreviewItem, useFormFacts } from '../form-facts.tsx';
import styles from './template-control.module.css';

/** What the text says on a chosen item, as it is being written. */
export function TemplatePreview({ template, as }: { template: string; as: TextForm }) {
  const { t } = useTranslation('automation');
  const { previewItem } = useFormFacts();
  const shown = usePreview(template, as);
  if (!template.includes('{{') && !template.includes('{%')) return null;
  return (
    <div className={styles.preview} aria-live="polite">
      <ItemChooser title={previewItem?.title ?? t('controls.chooseItem')} />
      {shown !== null && 'text' in shown && <span className={styles.said}>{shown.text}</span>}
      {shown !== null && 'problem' in shown && <span className={styles.wrong}>{shown.problem}</span>}
    </div>
  );
}

function usePreview(template: string, as: TextForm): Preview | null {
  const { preview, previewItem } = useFormFacts();
  const [settled] = useDebouncedValue(template, 350);
  const [shown, setShown] = useState<Preview | null>(null);
  useEffect(() => {
    let stale = false;
    if (previewItem !== null && settled.includes('{'))
      preview(settled, as).then(
        (next) => stale || setShown(next),
        () => stale || setShown(null),
      );
    return () => {
      stale = true;
    };
  }, [preview, previewItem, settled, as]);
  return shown;
}

function ItemChooser({ title }: { title: string }) {
  const { t } = useTranslation('automation');
  const { findItems, choosePreviewItem } = useFormFacts();
  const [open, setOpen] = useState(false);
  const [found, setFound] = useState<readonly PreviewItem[]>([]);
  const search = (text: string) => findItems(text).then(setFound, () => setFound([]));
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={styles.choose}
          title={t('controls.chooseItem')}
          onClick={() => {
            setOpen(true);
            void search('');
          }}
        >
          {title}:
        </button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <TextInput
          aria-label={t('controls.findItem')}
          placeholder={t('controls.findItem')}
          onChange={(event) => void search(event.currentTarget.value)}
        />
        {found.slice(0, 8).map((item) => (
          <UnstyledButton
            key={item.id}
            display="block"
            w="100%"
            py={4}
            px={6}
            fz="sm"
            onClick={() => {
              choosePreviewItem(item);
              setOpen(false);
            }}
          >
            {item.title}
          </UnstyledButton>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
