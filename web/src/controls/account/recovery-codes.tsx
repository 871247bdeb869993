import { Button, Code, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/panels/dialog.tsx';

/** Shown this once. */
export function RecoveryCodes({ codes, keep }: { readonly codes: readonly string[]; readonly keep: () => void }) {
  const { t } = useTranslation('entrance');
  const clipboard = useClipboard();
  return (
    <Dialog title={t('codes.title')} close={keep}>
      <Stack gap="sm">
        <Text size="sm">{t('codes.text')}</Text>
        <SimpleGrid cols={2} spacing="xs" verticalSpacing={6}>
          {codes.map((code) => (
            <Code key={code} fz="sm" ta="center">
              {code}
            </Code>
          ))}
        </SimpleGrid>
        <Group justify="flex-end">
          <Button
            variant="default"
            leftSection={clipboard.copied ? <Check size={15} /> : <Copy size={15} />}
            onClick={() => clipboard.copy(codes.join('\n'))}
          >
            {t('codes.copy')}
          </Button>
          <Button onClick={keep} data-autofocus>
            {t('codes.kept')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
