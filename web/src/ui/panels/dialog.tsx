import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusReturn } from '../hooks/use-focus-return.ts';

interface DialogProps {
  title: ReactNode;
  close: () => void;
  /** As wide as Mantine's name for it; `md` when left out. */
  size?: string;
  children: ReactNode;
}

/** A question above the page; Escape and the cross leave it. */
export function Dialog({ title, close, size = 'md', children }: DialogProps) {
  const { t } = useTranslation();
  useFocusReturn();
  return (
    <Modal opened onClose={close} title={title} size={size} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {children}
    </Modal>
  );
}
