import { ActionIcon, Indicator, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Bell as BellIcon } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/workspace/me.ts';
import { Loading } from '../../ui/loading.tsx';

const BellList = lazy(() => import('./bell-list.tsx').then((module) => ({ default: module.BellList })));

export function Bell() {
  const { t } = useTranslation();
  const { unread } = useMe();
  const [opened, { close, toggle }] = useDisclosure(false);
  return (
    <Popover
      opened={opened}
      onChange={close}
      position="bottom-end"
      width="min(400px, calc(100vw - 16px))"
      trapFocus
      shadow="md"
    >
      <Indicator label={unread > 99 ? '99+' : unread} size={17} offset={4} disabled={unread === 0} color="red.8">
        <Popover.Target>
          <ActionIcon size={32} onClick={toggle} aria-label={t('bell.open', { count: unread })} aria-expanded={opened}>
            <BellIcon size={19} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0}>
        <Suspense fallback={<Loading />}>{opened && <BellList close={close} />}</Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
