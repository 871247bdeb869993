import { CatchBoundary } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface KeptApartProps {
  /** What is shown: when it is another, it is tried again. */
  readonly id: string | number;
  /** What stands in its place if it cannot be drawn. */
  readonly as?: 'span' | 'li' | 'div';
  readonly children: ReactNode;
}

/** One of many that cannot be drawn takes none of the others, and no page, along. */
export function KeptApart({ id, as = 'span', children }: KeptApartProps) {
  return (
    <CatchBoundary getResetKey={() => id} errorComponent={notShown[as]}>
      {children}
    </CatchBoundary>
  );
}

const notShown = {
  span: () => <NotShown as="span" />,
  li: () => <NotShown as="li" />,
  div: () => <NotShown as="div" />,
};

function NotShown({ as: Tag }: { as: 'span' | 'li' | 'div' }) {
  const { t } = useTranslation();
  return <Tag>{t('common.notShown')}</Tag>;
}
