import { Anchor } from '@mantine/core';
import type { FileInfo } from '@signalbox/contract/files.ts';
import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { fileQuery, fileUrl } from '../../api/items/files.ts';
import styles from './file-input.module.css';
import { useFileSize } from './file-size.ts';

/** A file by its name, its size, and in small if it is a picture; a click shows or saves it. */
export function FileShown({ id }: { id: number }) {
  const { t } = useTranslation('fields');
  const { data: file, isError } = useQuery(fileQuery(id));
  if (file === undefined && !isError) return <span className={styles.name}>…</span>;
  if (!file) return <span className={styles.gone}>{t('deletedFile', { id })}</span>;
  return <Known file={file} />;
}

const pictures = /^image\/(png|jpeg|gif|webp|avif)$/;

function Known({ file: { id, name, type, size } }: { file: FileInfo }) {
  const isPicture = pictures.test(type);
  const inWords = useFileSize();
  return (
    <Anchor
      href={fileUrl(id)}
      size="sm"
      flex={1}
      {...(isPicture ? { target: '_blank', rel: 'noreferrer' } : { download: name })}
    >
      <span className={styles.shown}>
        {isPicture ? (
          <img src={fileUrl(id)} alt="" className={styles.preview} loading="lazy" />
        ) : (
          <FileText size={15} aria-hidden className={styles.icon} />
        )}
        <span className={styles.name}>{name}</span>
        <span className={styles.size}>{inWords(size)}</span>
      </span>
    </Anchor>
  );
}
