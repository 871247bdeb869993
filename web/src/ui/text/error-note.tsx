import { Alert, Button, Group } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { problemText } from './problem-text.ts';

export function ErrorNote({ error, retry }: { error: Error | null; retry?: () => void }) {
  const { t } = useTranslation();
  if (!error) return null;
  return (
    <Alert color="red" icon={<TriangleAlert size={16} />} role="alert" py="xs">
      <Group justify="space-between" gap="xs">
        {problemText(error, t)}
        {retry && (
          <Button size="compact-sm" variant="default" onClick={retry}>
            {t('common.tryAgain')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
