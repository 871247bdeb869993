import { Button } from '@mantine/core';
import { Download, Upload } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ClientKind, clientsCsvAddress } from '../../api/items/clients.ts';
import { useMay } from '../../api/workspace/may.ts';
import { ButtonLink } from '../../ui/button-link.tsx';

/** Clients come from a file, and go out as one: those that are found. */
export function ClientFiles({ kind, q }: { readonly kind: ClientKind; readonly q: string }) {
  const { t } = useTranslation('lists');
  const may = useMay();
  return (
    <>
      {may.importInto(kind) && (
        <ButtonLink
          to="/import/$target"
          params={{ target: kind }}
          search={{}}
          variant="default"
          leftSection={<Upload size={15} />}
        >
          {t('list.import')}
        </ButtonLink>
      )}
      {may.exportClients && (
        <Button
          component="a"
          href={clientsCsvAddress(kind, q)}
          download
          variant="default"
          leftSection={<Download size={15} />}
        >
          {t('list.export')}
        </Button>
      )}
    </>
  );
}
