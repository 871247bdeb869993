import { Button } from '@mantine/core';
import type { Item } from '@signalbox/contract/items.ts';
import { Handshake } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConvertDialog } from '../../../controls/conversion/convert-dialog.tsx';

/** On a lead's card. */
export function ConvertButton({ item }: { item: Item }) {
  const { t } = useTranslation('pipelines');
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        size="compact-sm"
        variant={item.stageKind === 'open' ? 'filled' : 'default'}
        leftSection={<Handshake size={15} />}
        onClick={() => setOpened(true)}
      >
        {t('convert.button')}
      </Button>
      {opened && <ConvertDialog item={item} close={() => setOpened(false)} />}
    </>
  );
}
