import { Alert, Button } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { EmailReply } from '../answer.ts';

interface AsksElsewhereProps {
  readonly elsewhere: NonNullable<EmailReply['elsewhere']>;
  readonly to: readonly string[];
  readonly choose: (to: string[]) => void;
}

/** A letter that anybody may have sent asks for answers at another house: they go to its sender until somebody chooses otherwise. */
export function AsksElsewhere({ elsewhere: { address, sender }, to, choose }: AsksElsewhereProps) {
  const { t } = useTranslation('mail');
  return (
    <Alert color="yellow" icon={<TriangleAlert size={16} />} title={t('unverified')} p="xs">
      {t('asksElsewhere', { address, sender })}
      {!to.includes(address) && (
        <div>
          <Button variant="default" size="compact-sm" mt={6} onClick={() => choose([address])}>
            {t('answerElsewhere', { address })}
          </Button>
        </div>
      )}
    </Alert>
  );
}
